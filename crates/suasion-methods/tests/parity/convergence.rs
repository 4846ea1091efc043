//! R-hat and effective sample sizes against arviz.

use suasion_methods::convergence::convergence;

use crate::case::Case;

#[test]
fn diagnostics_match_arviz() {
    let case = Case::read("markov_chains");
    for name in ["independent", "autoregressive", "shifted"] {
        let found = convergence(&case.inputs.rows(name));
        // arviz sums by Fourier transform, we directly.
        case.near(&format!("{name}_r_hat"), found.r_hat.unwrap(), 1e-8);
        case.near(&format!("{name}_effective_size_bulk"), found.bulk.unwrap(), 1e-8);
        case.near(&format!("{name}_effective_size_tail"), found.tail.unwrap(), 1e-8);
    }
}
