# Posterior means and deviations of positions on one dimension, from ordered votes (three
# categories) and from the same votes as yes or not yes, by Markov chain Monte Carlo.
#
# Run:  Rscript generate.R   (in this directory, under two minutes; Debian packages r-base-core,
#       r-cran-mcmcpack, r-cran-coda)
#
# Ordered: z_ij = intercept_j + loading_j theta_i + e_ij, e_ij ~ N(0, 1); category 1 if z < 0,
#   2 if 0 <= z < cut_j, 3 if z >= cut_j. Priors: theta, intercepts, loadings N(0, 1), cut_j flat on
#   (0, infinity). Sign: the loading of item 1 is above zero (its prior is cut off at zero).
# Binary: P(y_ij = 1) = Phi(-difficulty_j + loading_j theta_i); y = 1 if the vote is 3. Priors:
#   theta, difficulties, loadings N(0, 1). Sign: theta of subject 30 is above zero.
# Missing votes are NaN and left out of the likelihood.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(2017, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
subjects <- 30
items <- 80
theta <- round(qnorm(ppoints(subjects)) + rnorm(subjects, sd = 0.15), 3)

# An item is drawn again until every category is seen, as MCMCpack would renumber the others.
draw_item <- function(item) {
  repeat {
    loading <- if (item == 1) 2 else rnorm(1, 0.4, 0.9)
    latent <- rnorm(1, 0.4, 0.6) + loading * theta + rnorm(subjects)
    votes <- 1 + (latent >= 0) + (latent >= runif(1, 0.4, 1.4))
    votes[runif(subjects) < 0.05] <- NA
    if (min(tabulate(votes, 3)) >= 2) return(votes)
  }
}
votes <- vapply(seq_len(items), draw_item, numeric(subjects))
dimnames(votes) <- list(paste0("subject", 1:subjects), paste0("item", 1:items))
binary <- (votes == 3) * 1

chains <- 2
summarise <- function(prefix, run) {
  draws <- lapply(seq_len(chains), run)
  draws <- coda::as.mcmc.list(lapply(draws, function(draw) coda::mcmc(unname(draw))))
  all <- as.matrix(draws)
  deviation <- apply(all, 2, sd)
  # Standard error of each posterior mean, from the effective number of draws.
  error <- deviation / sqrt(coda::effectiveSize(draws))
  stopifnot(coda::gelman.diag(draws, multivariate = FALSE)$psrf[, 1] < 1.02)
  values <- list(colMeans(all), deviation, error)
  setNames(values, paste0(prefix, c("_theta_means", "_theta_deviations", "_monte_carlo_errors")))
}

ordered <- summarise("ordered", function(seed) {
  capture.output(draws <- MCMCpack::MCMCordfactanal(
    votes, factors = 1, lambda.constraints = list(item1 = list(2, "+")), l0 = 0, L0 = 1,
    burnin = 5000, mcmc = 30000, thin = 15, tune = 1, seed = seed,
    store.lambda = FALSE, store.scores = TRUE
  ))
  draws[, grep("^phi\\..*\\.2$", colnames(draws))]
})
binary_result <- summarise("binary", function(seed) {
  MCMCpack::MCMCirt1d(
    binary, theta.constraints = list(subject30 = "+"), t0 = 0, T0 = 1, ab0 = 0, AB0 = 1,
    burnin = 5000, mcmc = 30000, thin = 15, seed = seed
  )
})

write_named("inputs.csv", list(true_theta = theta, ordered_votes = votes, binary_votes = binary))
write_named("expected.csv", c(ordered, binary_result))
write_versions(c("MCMCpack", "coda"))
