# Granger causality between two series, both ways, for orders 1 to 4: F and chi-squared tests.
#
# Run:  Rscript generate.R   (in this directory; Debian packages r-base-core, r-cran-lmtest)
#
# Convention: the effect is regressed by least squares on an intercept, its own lags 1..p and the
# cause's lags 1..p; tested is that all p lags of the cause are zero. Rows: n - p. F has p and
# n - 3 p - 1 degrees of freedom; the Wald chi-squared statistic is p F with p degrees of freedom.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(1969, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
n <- 90
first <- second <- numeric(n)
shocks <- matrix(rnorm(2 * n), n)
for (t in 3:n) {
  first[t] <- 0.4 * first[t - 1] + shocks[t, 1]
  second[t] <- 0.3 * second[t - 1] + 0.25 * first[t - 2] + shocks[t, 2]
}
first <- round(first, 6)
second <- round(second, 6)

expected <- list()
for (direction in c("first_to_second", "second_to_first")) for (order in 1:4) {
  forward <- direction == "first_to_second"
  cause <- if (forward) first else second
  effect <- if (forward) second else first
  by_f <- lmtest::grangertest(cause, effect, order = order)
  by_chi_squared <- lmtest::grangertest(cause, effect, order = order, test = "Chisq")
  put <- function(what, value) {
    expected[[paste(direction, "order", order, what, sep = "_")]] <<- value
  }
  put("f", by_f$F[2])
  put("residual_degrees_of_freedom", by_f$Res.Df[1])
  put("f_p", by_f$`Pr(>F)`[2])
  put("chi_squared", by_chi_squared$Chisq[2])
  put("chi_squared_p", by_chi_squared$`Pr(>Chisq)`[2])
}

write_named("inputs.csv", list(first = first, second = second))
write_named("expected.csv", expected)
write_versions("lmtest")
