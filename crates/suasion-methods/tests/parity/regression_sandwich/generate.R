# Robust covariances of a linear and a Poisson regression: heteroskedasticity (HC), autocorrelation
# (Newey-West) and clusters (one and two ways), with the p-values that follow.
#
# Run:  Rscript generate.R   (in this directory; Debian packages r-base-core, r-cran-sandwich,
#       r-cran-lmtest)
#
# Convention: 160 rows in order of time; columns intercept, first, second, third. n = rows, k = 4.
#   HC0 plain, HC1 times n / (n - k), HC3 residuals over 1 - leverage.
#   Newey-West: Bartlett weights 1 - l / 5 for lags l = 0..4, no prewhitening; adjusted: times
#   n / (n - k).
#   Clusters: HC1 multiplies by (n - 1) / (n - k); cluster_adjusted multiplies each one-way part by
#   its own G / (G - 1). Two ways: first + second - intersection, each part with its own G.
# p-values: linear by t with n - k degrees of freedom, Poisson by the normal; p_values_by_clusters
# by t with (least) number of clusters - 1, so 11 one way and 9 two ways.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(1980, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
n <- 160
cluster_one <- sample(rep_len(1:12, n))
cluster_two <- sample(rep_len(1:10, n))
error <- as.numeric(stats::filter(rnorm(n), 0.5, method = "recursive"))
effects <- matrix(rnorm(12 * 4), 12)[cluster_one, ] + matrix(rnorm(10 * 4), 10)[cluster_two, ]
data <- data.frame(
  first = round(rnorm(n) + 0.5 * effects[, 1], 6),
  second = round(runif(n) + 0.5 * effects[, 2], 6),
  third = as.numeric(rnorm(n) + effects[, 3] > 0.4)
)
shared <- 0.5 * effects[, 4]
data$outcome <- round(
  0.5 + 0.4 * data$first - 0.3 * data$second + (0.5 + abs(data$first)) * error + shared, 6
)
data$count <- rpois(n, exp(0.2 + 0.2 * data$first - 0.2 * data$second + 0.3 * data$third + 0.3 * error + shared / 2))

count_formula <- count ~ first + second + third
exact <- glm.control(epsilon = 1e-14, maxit = 100)
start <- coef(glm(count_formula, poisson, data, control = exact))
models <- list(
  linear = lm(outcome ~ first + second + third, data),
  # Once more from the solution, so that the weights belong to it and not to the step before it.
  poisson = glm(count_formula, poisson, data, control = exact, start = start)
)

covariances <- function(model) {
  found <- list(classical = vcov(model))
  for (type in c("HC0", "HC1", "HC3")) {
    found[[tolower(type)]] <- sandwich::vcovHC(model, type = type)
  }
  for (adjust in c(FALSE, TRUE)) {
    name <- if (adjust) "newey_west_adjusted" else "newey_west"
    found[[name]] <- sandwich::NeweyWest(model, lag = 4, prewhite = FALSE, adjust = adjust)
  }
  clusters <- list(one_way = cluster_one, two_way = data.frame(cluster_one, cluster_two))
  for (way in names(clusters)) for (type in c("HC0", "HC1")) for (cadjust in c(FALSE, TRUE)) {
    name <- paste0(way, "_", tolower(type), if (cadjust) "_cluster_adjusted")
    found[[name]] <- sandwich::vcovCL(model, clusters[[way]], type = type, cadjust = cadjust)
  }
  found
}

expected <- list()
for (name in names(models)) {
  model <- models[[name]]
  expected[[paste0(name, "_coefficients")]] <- coef(model)
  found <- covariances(model)
  for (kind in names(found)) {
    stopifnot(diag(found[[kind]]) > 0)
    test <- lmtest::coeftest(model, vcov. = found[[kind]])
    expected[[paste(name, kind, "covariance", sep = "_")]] <- found[[kind]]
    expected[[paste(name, kind, "standard_errors", sep = "_")]] <- test[, 2]
    expected[[paste(name, kind, "p_values", sep = "_")]] <- test[, 4]
    if (name == "linear" && grepl("way", kind)) {
      few <- lmtest::coeftest(model, vcov. = found[[kind]], df = if (grepl("one", kind)) 11 else 9)
      expected[[paste(name, kind, "p_values_by_clusters", sep = "_")]] <- few[, 4]
    }
  }
}

write_named("inputs.csv", c(as.list(data), list(cluster_one = cluster_one, cluster_two = cluster_two)))
write_named("expected.csv", expected)
write_versions(c("sandwich", "lmtest"))
