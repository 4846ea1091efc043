# Time of an iteration of MCMCpack's ordinal factor model on 190 states and 5,000 votes of three
# categories. Debian: r-cran-mcmcpack. Its closing summary and a check that fails on newer R are
# replaced; neither belongs to an iteration.
library <- asNamespace("MCMCpack")
text <- deparse(get("MCMCordfactanal", library))
text <- sub("output.var <- diag\\(var\\(output.df\\)\\)", "output.var <- vapply(output.df, var, 0)", text)
text <- sub("if \\(is.na\\(lambda.start\\)\\)", "if (anyNA(lambda.start))", text)
sampler <- eval(parse(text = text), library)
set.seed(1)
states <- 190
calls <- 5000
positions <- rnorm(states)
vote <- function(call) {
  repeat {
    latent <- rnorm(1, 0.4, 0.6) + rnorm(1, 0.4, 0.9) * positions + rnorm(states)
    votes <- 1 + (latent >= 0) + (latent >= 0.8)
    if (min(tabulate(votes, 3)) >= 3) return(votes)
  }
}
votes <- vapply(seq_len(calls), vote, numeric(states))
colnames(votes) <- paste0("i", seq_len(calls))
start <- matrix(cbind(rep(0.3, calls), rep(0.5, calls)), calls)
elapsed <- function(iterations) {
  system.time(capture.output(sampler(
    votes, factors = 1, lambda.constraints = list(i1 = list(2, "+")), l0 = 0, L0 = 1, burnin = 0,
    mcmc = iterations, thin = iterations %/% 5, tune = 1, seed = 1, lambda.start = start,
    store.lambda = FALSE, store.scores = TRUE
  )))["elapsed"]
}
few <- elapsed(5)
many <- elapsed(45)
cat("MCMCpack:", round((many - few) / 40 * 1000, 1), "ms an iteration\n")
