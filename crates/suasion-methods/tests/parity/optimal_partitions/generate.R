# Optimal partitions of two series into segments of constant mean, for 0 to 5 breaks.
#
# Run:  Rscript generate.R   (in this directory; Debian packages r-base-core, r-cran-strucchange)
#
# Convention: a break is the last observation of a segment, counted from 1, which is also the first
# of the next segment counted from 0. The residual sum of squares is the total L2 cost (squared
# distances from segment means, not divided by n). No segment is shorter than shortest_segment.
# For a penalty b per break, the optimum is the number m of breaks with the least RSS(m) + b m; this
# is what PELT finds with the same shortest segment.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(2003, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
series <- list(
  steps = rep(c(0, 2, -1, 0.5), c(25, 30, 20, 25)) + rnorm(100),
  drifting = rep(c(0, 0.8, 0.2), c(60, 50, 40)) +
    as.numeric(stats::filter(rnorm(150), 0.4, method = "recursive"))
)
shortest <- c(steps = 10, drifting = 15)
most <- 5
penalties <- c(3, 8, 20, 60)

inputs <- list(penalties = penalties)
expected <- list()
for (name in names(series)) {
  values <- round(series[[name]], 6)
  inputs[[name]] <- values
  inputs[[paste0(name, "_shortest_segment")]] <- shortest[[name]]
  found <- strucchange::breakpoints(values ~ 1, h = shortest[[name]], breaks = most)
  positions <- lapply(1:most, function(m) strucchange::breakpoints(found, breaks = m)$breakpoints)
  cost <- found$RSS(1, length(values))
  for (breaks in positions) {
    segments <- split(values, findInterval(seq_along(values), breaks, left.open = TRUE))
    cost <- c(cost, sum(vapply(segments, function(x) sum((x - mean(x))^2), 0)))
  }
  stopifnot(all.equal(unname(cost), unname(summary(found)$RSS["RSS", ]), tolerance = 1e-10))
  expected[[paste0(name, "_residual_sums_of_squares")]] <- cost
  for (m in 1:most) expected[[paste0(name, "_breaks_", m)]] <- positions[[m]]
  for (penalty in penalties) {
    best <- which.min(cost + penalty * 0:most) - 1
    # Were more breaks than `most` better, the cost would still be falling at the end.
    stopifnot(best < most)
    key <- paste0(name, "_penalty_", penalty)
    expected[[paste0(key, "_number")]] <- best
    if (best > 0) expected[[paste0(key, "_breaks")]] <- positions[[best]]
  }
}

write_named("inputs.csv", inputs)
write_named("expected.csv", expected)
write_versions("strucchange")
