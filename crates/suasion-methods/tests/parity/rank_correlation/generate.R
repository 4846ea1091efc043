# Kendall's tau-b and Spearman's rho with p-values, without and with ties.
#
# Run:  Rscript generate.R   (in this directory; Debian package r-base-core)
#
# Convention: two-sided p-values, no continuity correction. Where there are ties no exact p-value
# exists and it is NaN. Kendall, normal: z = S / sqrt(variance of S corrected for ties). Spearman,
# exact: by all permutations up to n = 9, beyond that R's Edgeworth series (AS 89); Spearman,
# asymptotic: t with n - 2 degrees of freedom.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

set.seed(1938, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
related <- function(n, slope) {
  first <- rnorm(n)
  round(cbind(first, slope * first + rnorm(n)), 6)
}
pairs <- list(
  untied_8 = related(8, 1.5),
  untied_12 = related(12, -1),
  untied_40 = related(40, 0.3),
  tied_10 = round(related(10, 1) * 2) / 2,
  tied_30 = round(related(30, -0.4)),
  three_levels_60 = pmin(pmax(round(related(60, 0.5)), -1), 1) + 2
)

inputs <- expected <- list()
for (name in names(pairs)) {
  first <- pairs[[name]][, 1]
  second <- pairs[[name]][, 2]
  inputs[[paste0(name, "_first")]] <- first
  inputs[[paste0(name, "_second")]] <- second
  tied <- anyDuplicated(first) > 0 || anyDuplicated(second) > 0
  stopifnot(tied != startsWith(name, "untied"))
  put <- function(measure, value) expected[[paste(name, measure, sep = "_")]] <<- unname(value)
  test <- function(method, exact) {
    suppressWarnings(
      cor.test(first, second, method = method, exact = exact, continuity = FALSE)
    )
  }
  approximate <- test("kendall", FALSE)
  put("kendall_tau_b", approximate$estimate)
  put("kendall_z", approximate$statistic)
  put("kendall_normal_p", approximate$p.value)
  put("kendall_exact_p", if (tied) NaN else test("kendall", TRUE)$p.value)
  approximate <- test("spearman", FALSE)
  put("spearman_rho", approximate$estimate)
  put("spearman_t_p", approximate$p.value)
  put("spearman_exact_p", if (tied) NaN else test("spearman", TRUE)$p.value)
}

write_named("inputs.csv", inputs)
write_named("expected.csv", expected)
write_versions()
