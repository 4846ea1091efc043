# Bootstrap intervals of a mean and a correlation: BCa (with its parts), percentile and basic.
#
# Run:  Rscript generate.R   (in this directory; Debian packages r-base-core, r-cran-boot)
#
# Convention: resamples are saved as row indices from 1, one resample a row. With T the replicates,
# R their number and t0 the estimate:
#   z0 = qnorm(#{T < t0} / R), strictly below;
#   a  = sum(L^3) / (6 sum(L^2)^1.5) with the influence values L;
#   levels pnorm(z0 + (z0 + z) / (1 - a (z0 + z))) for z = qnorm(0.025), qnorm(0.975).
# The quantile at level p interpolates order statistics k = trunc((R + 1) p) and k + 1 linearly in
# qnorm: weight (qnorm(p) - qnorm(k / (R + 1))) / (qnorm((k + 1) / (R + 1)) - qnorm(k / (R + 1))).
# The same levels are also read off by quantile(type = 7).
# Influence values: "regression" is boot's own choice; "jackknife" is (n - 1)(t0 - t_(-i));
# "centred_jackknife" is mean of t_(-i) less t_(-i) (Efron and Tibshirani 1993, eq. 14.15).

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(1993, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
n <- 24
resamples <- 599
first <- round(rexp(n), 6)
data <- cbind(first, second = round(0.7 * first + 0.6 * rnorm(n), 6))

statistics <- list(
  mean = function(data, index) mean(data[index, 1]),
  correlation = function(data, index) cor(data[index, 1], data[index, 2])
)

inputs <- list(first = data[, 1], second = data[, 2], level = 0.95)
expected <- list()
for (name in names(statistics)) {
  statistic <- statistics[[name]]
  set.seed(7) # the same resamples for both
  drawn <- boot::boot(data, statistic, resamples)
  inputs$resample_indices <- boot::boot.array(drawn, indices = TRUE)
  replicates <- as.numeric(drawn$t)
  put <- function(what, value) expected[[paste(name, what, sep = "_")]] <<- value
  put("estimate", drawn$t0)
  put("replicates", replicates)
  z0 <- qnorm(mean(replicates < drawn$t0))
  put("bias_correction", z0)
  left_out <- vapply(seq_len(n), function(i) statistic(data, seq_len(n)[-i]), 0)
  influence <- list(
    regression = boot::empinf(drawn, type = "reg"),
    jackknife = boot::empinf(data = data, statistic = statistic, type = "jack", stype = "i"),
    centred_jackknife = mean(left_out) - left_out
  )
  z <- qnorm(c(0.025, 0.975))
  for (kind in names(influence)) {
    values <- as.numeric(influence[[kind]])
    acceleration <- sum(values^3) / (6 * sum(values^2)^1.5)
    levels <- pnorm(z0 + (z0 + z) / (1 - acceleration * (z0 + z)))
    put(paste0(kind, "_influence"), values)
    put(paste0(kind, "_acceleration"), acceleration)
    put(paste0(kind, "_bca_levels"), levels)
    put(paste0(kind, "_bca_interval"), boot::boot.ci(drawn, type = "bca", L = values)$bca[4:5])
    put(paste0(kind, "_bca_interval_type_seven"), quantile(replicates, levels, type = 7))
  }
  plain <- boot::boot.ci(drawn, type = c("perc", "basic"))
  put("percentile_interval", plain$percent[4:5])
  put("basic_interval", plain$basic[4:5])
  put("percentile_interval_type_seven", quantile(replicates, c(0.025, 0.975), type = 7))
}

write_named("inputs.csv", inputs)
write_named("expected.csv", expected)
write_versions("boot")
