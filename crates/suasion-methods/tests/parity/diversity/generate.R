# Diversity of five vectors of counts, and the generalised Jensen-Shannon divergence of three.
#
# Run:  Rscript generate.R   (in this directory; Debian packages r-base-core, r-cran-vegan)
#
# Convention: entropies in nats by plug-in shares; divergences in bits. Chao and Shen (2003) is
# written out here, as the R package entropy has it: coverage C = 1 - f1 / n, where f1 = n (all
# singletons) is replaced by n - 1. Rarefaction is expectation over samples without replacement.

# One named vector per line; a matrix goes row by row after a line with its shape.
source("../write.R")

counts <- list(
  even = c(8, 8, 8, 8),
  mixed = c(10, 6, 3, 1),
  long_tail = c(52, 21, 9, 4, 2, 2, 1, 1, 1, 1),
  with_zeros = c(0, 14, 3, 0, 1, 7, 0, 1),
  all_singletons = c(1, 1, 1, 1, 1, 1)
)
depths <- list(
  even = c(1, 5, 16, 32),
  mixed = c(1, 4, 10, 20),
  long_tail = c(1, 10, 25, 50, 90, 94),
  with_zeros = c(1, 5, 13, 26),
  all_singletons = c(1, 3, 6)
)

coverage <- function(counts) {
  n <- sum(counts)
  singletons <- sum(counts == 1)
  if (singletons == n) singletons <- n - 1
  1 - singletons / n
}

chao_shen <- function(counts) {
  n <- sum(counts)
  share <- coverage(counts) * counts[counts > 0] / n
  -sum(share * log(share) / (1 - (1 - share)^n))
}

# Expected number of kinds is vegan's; the number of order 1 is exp of the expected entropy
# (Chao et al. 2014, eq. 5), with the hypergeometric law of base R.
rarefied_hill_one <- function(counts, depth) {
  share <- seq_len(depth) / depth
  terms <- -share * log(share)
  exp(sum(vapply(counts, function(count) {
    sum(terms * dhyper(seq_len(depth), count, sum(counts) - count, depth))
  }, 0)))
}

inputs <- expected <- list()
for (name in names(counts)) {
  vector <- counts[[name]]
  inputs[[paste0(name, "_counts")]] <- vector
  inputs[[paste0(name, "_depths")]] <- depths[[name]]
  put <- function(measure, value) expected[[paste(name, measure, sep = "_")]] <<- value
  put("shannon", vegan::diversity(vector, "shannon"))
  put("hill_zero", vegan::specnumber(vector))
  put("hill_one", exp(vegan::diversity(vector, "shannon")))
  put("hill_two", vegan::diversity(vector, "invsimpson"))
  put("rarefied_richness", as.vector(suppressWarnings(vegan::rarefy(vector, depths[[name]]))))
  put("rarefied_hill_one", vapply(depths[[name]], function(m) rarefied_hill_one(vector, m), 0))
  put("coverage", coverage(vector))
  put("chao_shen", chao_shen(vector))
}

groups <- rbind(c(12, 5, 3, 0), c(2, 9, 1, 8), c(30, 20, 40, 10))
shares <- groups / rowSums(groups)
divergence <- function(weights) {
  bits <- function(share) vegan::diversity(share, "shannon", base = 2)
  bits(colSums(weights * shares)) - sum(weights * bits(shares))
}
volumes <- rowSums(groups) / sum(groups)
inputs$group_counts <- groups
expected$volume_weights <- volumes
expected$jensen_shannon_equal_bits <- divergence(rep(1 / 3, 3))
expected$jensen_shannon_equal_normalised <- divergence(rep(1 / 3, 3)) / log2(3)
expected$jensen_shannon_volume_bits <- divergence(volumes)

write_named("inputs.csv", inputs)
write_named("expected.csv", expected)
write_versions("vegan")
