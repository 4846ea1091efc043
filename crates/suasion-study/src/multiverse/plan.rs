//! What a multiverse would run, before it does.

use std::collections::BTreeMap;

use super::decision::Decision;
use super::run::Multiverse;
use super::specification::Specification;
use crate::claim::Claim;

/// The plan of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The claim.
    pub claim: String,
    /// Number of the test in it, from 1.
    pub test: usize,
    /// Its kind.
    pub kind: String,
    /// All specifications.
    pub specifications: usize,
    /// Those that can run and are not another one over again.
    pub distinct: usize,
    /// Decision and options.
    pub decisions: Vec<(Decision, Vec<String>)>,
    /// Reasons why some cannot run, with how many.
    pub unable: Vec<(String, usize)>,
}

/// The plans of a claim's tests that have specifications.
pub fn plan(claim: &Claim, multiverse: &Multiverse<'_>) -> Vec<Plan> {
    claim
        .tests
        .iter()
        .enumerate()
        .filter(|(_, test)| !test.series().is_empty())
        .map(|(number, test)| {
            let all = multiverse.specifications(test);
            let mut decisions: Vec<(Decision, Vec<String>)> = Vec::new();
            for setting in all.iter().flat_map(Specification::settings) {
                let (decision, option) = (setting.decision(), setting.option());
                match decisions.iter_mut().find(|(known, _)| *known == decision) {
                    None => decisions.push((decision, vec![option])),
                    Some((_, options)) if !options.contains(&option) => options.push(option),
                    Some(_) => {}
                }
            }
            let (mut keys, mut unable) = (std::collections::BTreeSet::new(), BTreeMap::new());
            for specification in &all {
                match multiverse.problem(test, specification) {
                    Ok(problem) => {
                        keys.insert(problem.key(""));
                    }
                    Err(reason) => *unable.entry(reason).or_insert(0) += 1,
                }
            }
            Plan {
                claim: claim.id.clone(),
                test: number + 1,
                kind: test.kind().to_owned(),
                specifications: all.len(),
                distinct: keys.len(),
                decisions,
                unable: unable.into_iter().collect(),
            }
        })
        .collect()
}
