//! Positions in one session against MCMCpack's ordinal factor model. Priors and scale differ
//! (there θ ~ N(0, 1) and free cut-points; here draws are standardised), so that positions are
//! compared by correlation.

use suasion_methods::Seed;
use suasion_methods::association::pearson;
use suasion_methods::ideal_points::{
    Anchors, Ballot, Ballots, Choice, RollCall, Rules, SamplerOptions, VariationalOptions, sample,
    variational,
};

use crate::case::Case;

#[test]
fn positions_match_mcmcpack() {
    let case = Case::read("item_response");
    let rows = case.inputs.rows("ordered_votes");
    let mut ballots = Vec::new();
    for (state, row) in rows.iter().enumerate() {
        for (call, vote) in row.iter().enumerate().filter(|(_, vote)| !vote.is_nan()) {
            let choice = [Choice::Yes, Choice::Abstain, Choice::No][*vote as usize - 1];
            ballots.push(Ballot { state: state as u32, roll_call: call as u32, choice });
        }
    }
    let calls: Vec<RollCall> =
        (0..80).map(|id| RollCall { id, session: 1, year: 1946, part: false }).collect();
    let all = Ballots::new(&calls, &ballots, &Rules::default());
    let expected = case.expected.all("ordered_theta_means");
    let ends = |greatest: bool| {
        (0..30_u32).max_by(|&a, &b| {
            let order = expected[a as usize].total_cmp(&expected[b as usize]);
            if greatest { order } else { order.reverse() }
        })
    };
    let anchors = Anchors {
        positive: ends(true).into_iter().collect(),
        negative: ends(false).into_iter().collect(),
        poles: Some((ends(true).unwrap(), ends(false).unwrap())),
    };
    let options = SamplerOptions {
        burn_in: 1_000,
        iterations: 4_000,
        thin: 4,
        chains: 2,
        ..SamplerOptions::published(Seed::new(5))
    };
    let sampled = sample(&all, &anchors, &options);
    let found = variational(&all, &anchors, &VariationalOptions::default());
    let of = |points: &[suasion_methods::ideal_points::IdealPoint]| {
        points.iter().map(|point| point.position).collect::<Vec<f64>>()
    };
    for (points, what) in [(of(&sampled.points), "sampled"), (of(&found.points), "variational")] {
        let correlation = pearson(&points, expected).unwrap();
        assert!(correlation > 0.99, "{what} {correlation}");
    }
    assert!(sampled.convergence.iter().all(|of| of.r_hat.unwrap() < 1.05));
}
