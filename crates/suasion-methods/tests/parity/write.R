# Writing a case's files: named vectors and matrices, one a line, and the versions that made them.
write_named <- function(file, values) {
  lines <- character()
  for (name in names(values)) {
    value <- values[[name]]
    if (is.matrix(value)) {
      lines <- c(lines, paste(paste0(name, "_shape"), nrow(value), ncol(value), sep = ","))
      value <- t(value)
    }
    value <- as.numeric(value)
    value[is.na(value)] <- NaN
    lines <- c(lines, paste(c(name, sprintf("%.17g", value)), collapse = ","))
  }
  writeLines(lines, file)
}

write_versions <- function(packages = character()) {
  found <- vapply(packages, function(name) packageDescription(name)$Version, "")
  writeLines(c(paste("R", getRversion()), paste(packages, found)[nzchar(packages)]), "versions.txt")
}
