# Agreement of six pairs of raters on three ordered levels (1, 2, 3): Cohen's kappa, Scott's pi,
# Signorino and Ritter's S, shares of agreement, Kendall's tau-b and Spearman's rho.
#
# Run:  Rscript generate.R   (in this directory; Debian packages r-base-core, r-cran-psych)
#
# Convention: every chance-corrected coefficient is 1 - D_o / D_e, where D is the mean disagreement
# d(i, j) over the observed table (D_o) or over the product of margins (D_e). The distance runs over
# all three levels, used or not: nominal [i != j], absolute |i - j| / 2, squared (|i - j| / 2)^2.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(1905, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
levels <- 1:3
draw <- function(n, shares) sample(levels, n, replace = TRUE, prob = shares)
# The second rater copies the first with the given chance, or else draws on its own.
follow <- function(first, chance, shares) {
  ifelse(runif(length(first)) < chance, first, draw(length(first), shares))
}

pairs <- list()
first <- draw(12, c(5, 3, 4))
pairs$short <- cbind(first, follow(first, 0.5, c(5, 3, 4)))
first <- draw(30, c(4, 3, 3))
pairs$close <- cbind(first, follow(first, 0.8, c(4, 3, 3)))
first <- draw(60, c(90, 6, 4))
pairs$skewed <- cbind(first, follow(first, 0.4, c(85, 10, 5)))
first <- draw(40, c(6, 0, 4))
pairs$middle_level_unused <- cbind(first, follow(first, 0.6, c(6, 0, 4)))
first <- draw(48, c(7, 3, 0))
pairs$two_lower_levels <- cbind(first, follow(first, 0.5, c(6, 4, 0)))
first <- draw(120, c(4, 2, 4))
pairs$opposed <- cbind(first, 4 - follow(first, 0.5, c(3, 4, 3)))

gap <- abs(outer(levels, levels, "-"))
distances <- list(nominal = (gap > 0) * 1, absolute = gap / 2, squared = (gap / 2)^2)

inputs <- expected <- list()
for (name in names(pairs)) {
  first <- pairs[[name]][, 1]
  second <- pairs[[name]][, 2]
  counts <- unclass(table(factor(first, levels), factor(second, levels)))
  inputs[[paste0(name, "_first")]] <- first
  inputs[[paste0(name, "_second")]] <- second
  inputs[[paste0(name, "_counts")]] <- counts
  table <- counts / sum(counts)
  margins <- (rowSums(table) + colSums(table)) / 2
  put <- function(measure, value) expected[[paste(name, measure, sep = "_")]] <<- value
  for (kind in names(distances)) {
    distance <- distances[[kind]]
    observed <- sum(table * distance)
    # psych takes weights of agreement, 1 - d.
    cohen <- suppressWarnings(psych::cohen.kappa(counts, w = 1 - distance))
    by_formula <- 1 - observed / sum(outer(rowSums(table), colSums(table)) * distance)
    stopifnot(abs(cohen$weighted.kappa - by_formula) < 1e-12)
    if (kind == "nominal") stopifnot(abs(cohen$kappa - by_formula) < 1e-12)
    put(paste0("observed_disagreement_", kind), observed)
    put(paste0("kappa_", kind), cohen$weighted.kappa)
    put(paste0("pi_", kind), 1 - observed / sum(outer(margins, margins) * distance))
    put(paste0("s_", kind), 1 - 2 * observed)
  }
  put("identical_share", sum(diag(table)))
  put("agreement", 1 - sum(table * distances$absolute))
  put("kendall_tau_b", cor(first, second, method = "kendall"))
  put("spearman", cor(first, second, method = "spearman"))
}

write_named("inputs.csv", inputs)
write_named("expected.csv", expected)
write_versions("psych")
