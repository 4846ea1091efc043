# A composite of five indicators over twenty units: weights from the first principal component,
# three normalisations, arithmetic and geometric aggregation, and ranks.
#
# Run:  Rscript generate.R   (in this directory; Debian package r-base-core)
#
# Convention: standard deviations have denominator n - 1. The first component is of the correlation
# matrix, with the sign that makes its loadings sum above zero; component_weights are the squared
# loadings (they sum to 1). Ranks average over ties. rank_normalised is (rank - 1) / (n - 1), where
# rank 1 is the smallest. Geometric means take min-max values mapped to [1, 100]. Ranks of
# composites start with 1 for the largest.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(2008, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
units <- 20
common <- rnorm(units)
indicators <- cbind(
  50 + 10 * (0.8 * common + 0.6 * rnorm(units)),
  3 + 0.7 * common + 0.7 * rnorm(units),
  exp(0.5 * common + 0.5 * rnorm(units)),
  20 + 5 * (0.4 * common + 0.9 * rnorm(units)),
  round(5 + 1.5 * (0.6 * common + 0.8 * rnorm(units)))
)
indicators <- round(indicators, 4)
given <- c(0.3, 0.25, 0.2, 0.15, 0.1)

per_column <- function(transform) apply(indicators, 2, transform)
minimum_maximum <- per_column(function(x) (x - min(x)) / (max(x) - min(x)))
z_score <- per_column(function(x) (x - mean(x)) / sd(x))
rank_normalised <- per_column(function(x) (rank(x) - 1) / (units - 1))

components <- prcomp(indicators, scale. = TRUE)
loadings <- components$rotation[, 1]
sign <- sign(sum(loadings))
weights <- unname(loadings^2)

composites <- list()
for (kind in c("given", "component")) {
  w <- if (kind == "given") given else weights
  composites[[paste0("arithmetic_minimum_maximum_", kind)]] <- minimum_maximum %*% w
  composites[[paste0("arithmetic_z_score_", kind)]] <- z_score %*% w
  composites[[paste0("arithmetic_rank_", kind)]] <- rank_normalised %*% w
  composites[[paste0("geometric_", kind)]] <- exp(log(1 + 99 * minimum_maximum) %*% w)
}
composites <- lapply(composites, as.vector)
ranks <- lapply(composites, function(composite) rank(-composite))
names(ranks) <- paste0(names(composites), "_ranks")

write_named("inputs.csv", list(indicators = indicators, given_weights = given))
write_named("expected.csv", c(
  list(
    correlation = cor(indicators),
    eigenvalues = components$sdev^2,
    explained_shares = components$sdev^2 / sum(components$sdev^2),
    first_component_loadings = sign * loadings,
    first_component_scores = sign * components$x[, 1],
    component_weights = weights,
    minimum_maximum = minimum_maximum,
    z_score = z_score,
    rank_normalised = rank_normalised
  ),
  composites, ranks
))
write_versions()
