# Estimates of some specifications on the first draws by .lm.fit or lm, and the seconds they take:
# Rscript peers.R .lm.fit|lm PANEL.csv COUNTS.csv DRAWS ANSWER.csv
given <- commandArgs(trailingOnly = TRUE)
panel <- read.csv(given[2])
counts <- as.matrix(read.csv(given[3], header = FALSE))
draws <- as.integer(given[4])
times <- 3

specification <- function(place) {
  focal <- place %/% 32 %% 6
  others <- setdiff(0:5, focal)
  used <- bitwAnd(place %% 32, 2^(0:4)) > 0
  list(outcome = paste0("y", place %/% 192), regressors = paste0("x", c(focal, others[used])))
}
# As in peers.py: every set of controls once.
chosen <- lapply(seq(0, by = 61, length.out = 32), specification)
full <- cbind(1, as.matrix(panel[paste0("x", 0:5)]))
colnames(full)[1] <- "one"
outcomes <- as.matrix(panel[paste0("y", 0:10)])
formulas <- lapply(chosen, function(one) reformulate(one$regressors, one$outcome))

by_matrix <- function(weights) {
  kept <- weights > 0
  root <- sqrt(weights[kept])
  weighted <- full[kept, ] * root
  answers <- outcomes[kept, ] * root
  vapply(chosen, function(one) {
    .lm.fit(weighted[, c("one", one$regressors), drop = FALSE], answers[, one$outcome])$coefficients[2]
  }, 0)
}
by_formula <- function(weights) {
  panel$weight <- weights
  vapply(formulas, function(formula) {
    environment(formula) <- environment()
    unname(coef(lm(formula, panel, weights = weight))[2])
  }, 0)
}
work <- if (given[1] == "lm") by_formula else by_matrix

best <- Inf
for (time in seq_len(times)) {
  taken <- system.time({
    estimates <- t(vapply(seq_len(draws), function(draw) work(counts[draw, panel$unit + 1]), numeric(32)))
  })["elapsed"]
  best <- min(best, taken)
}
write.table(format(estimates, digits = 17), given[5], sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)
cat("seconds", best, "\n")
