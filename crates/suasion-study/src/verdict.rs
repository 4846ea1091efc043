//! Verdicts: what the record says of a claim, with what it says it by.

use suasion_methods::Estimate;
use suasion_panel::RowRef;

/// What was found, in a sentence, with the estimate and the rows behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// One sentence for a reader.
    pub sentence: String,
    /// The estimate, where the claim needs one.
    pub estimate: Option<Estimate>,
    /// The rows of the sources that it rests on.
    pub rows: Vec<RowRef>,
}

impl Finding {
    /// A finding from rows alone.
    pub fn of_rows(sentence: impl Into<String>, rows: Vec<RowRef>) -> Self {
        Self { sentence: sentence.into(), estimate: None, rows }
    }
}

/// How a claim fares, never without its evidence.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The record agrees.
    Supported(Finding),
    /// The record says the opposite.
    Contradicted(Finding),
    /// The record leaves it open.
    Mixed(Finding),
    /// The record cannot say, for this reason.
    Untestable(String),
}

impl Verdict {
    /// The verdict in one word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Supported(_) => "supported",
            Self::Contradicted(_) => "contradicted",
            Self::Mixed(_) => "mixed",
            Self::Untestable(_) => "untestable",
        }
    }

    /// All words, in the order in which verdicts are counted.
    pub const WORDS: [&str; 4] = ["supported", "contradicted", "mixed", "untestable"];

    /// What was found, if anything could be.
    pub fn finding(&self) -> Option<&Finding> {
        match self {
            Self::Supported(finding) | Self::Contradicted(finding) | Self::Mixed(finding) => Some(finding),
            Self::Untestable(_) => None,
        }
    }

    /// The same verdict with its finding changed.
    #[must_use]
    pub fn map(self, change: impl FnOnce(Finding) -> Finding) -> Self {
        match self {
            Self::Supported(finding) => Self::Supported(change(finding)),
            Self::Contradicted(finding) => Self::Contradicted(change(finding)),
            Self::Mixed(finding) => Self::Mixed(change(finding)),
            Self::Untestable(reason) => Self::Untestable(reason),
        }
    }

    /// The sentence that explains the verdict.
    pub fn sentence(&self) -> &str {
        match self {
            Self::Supported(finding) | Self::Contradicted(finding) | Self::Mixed(finding) => {
                &finding.sentence
            }
            Self::Untestable(reason) => reason,
        }
    }
}

/// The verdict on a claim that needs all of its tests: supported only if every one of them is,
/// contradicted by a fact that does not hold or where nothing that could be tested agrees.
pub fn all_of(verdicts: Vec<Verdict>) -> Verdict {
    if verdicts.len() == 1 {
        return verdicts.into_iter().next().unwrap_or_else(|| Verdict::Untestable(String::new()));
    }
    let sentence = |wanted: &[&str]| {
        let mut parts = Vec::new();
        for word in wanted {
            parts.extend(verdicts.iter().filter(|verdict| verdict.word() == *word).map(Verdict::sentence));
        }
        parts.join(" ")
    };
    let rows: Vec<RowRef> = {
        let mut rows: Vec<RowRef> =
            verdicts.iter().filter_map(Verdict::finding).flat_map(|finding| finding.rows.clone()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    };
    let count = |word: &str| verdicts.iter().filter(|verdict| verdict.word() == word).count();
    let tested = verdicts.len() - count("untestable");
    if tested == 0 {
        return Verdict::Untestable(sentence(&["untestable"]));
    }
    let finding =
        |wanted: &[&str]| Finding { sentence: sentence(wanted), estimate: None, rows: rows.clone() };
    if count("contradicted") > 0 && (count("supported") == 0 || verdicts.iter().any(is_exact_contradiction)) {
        return Verdict::Contradicted(finding(&["contradicted", "mixed", "supported"]));
    }
    if count("supported") == verdicts.len() {
        return Verdict::Supported(finding(&["supported"]));
    }
    // A part that could not be tested keeps the whole from being supported.
    Verdict::Mixed(finding(&["supported", "contradicted", "mixed", "untestable"]))
}

/// The verdict on a claim that needs one of its tests: supported if any of them is, contradicted
/// where all that could be tested are.
pub fn any_of(verdicts: Vec<Verdict>) -> Verdict {
    let (tested, untested): (Vec<Verdict>, Vec<Verdict>) =
        verdicts.into_iter().partition(|verdict| verdict.finding().is_some());
    let sentences = |list: &[Verdict]| list.iter().map(Verdict::sentence).collect::<Vec<_>>().join(" ");
    if tested.is_empty() {
        return Verdict::Untestable(sentences(&untested));
    }
    let (supported, rest): (Vec<Verdict>, Vec<Verdict>) =
        tested.into_iter().partition(|verdict| verdict.word() == "supported");
    let mut rows: Vec<RowRef> = supported
        .iter()
        .chain(&rest)
        .filter_map(Verdict::finding)
        .flat_map(|finding| finding.rows.clone())
        .collect();
    rows.sort_unstable();
    rows.dedup();
    let all: Vec<Verdict> = supported.iter().chain(&rest).chain(&untested).cloned().collect();
    let finding = Finding { sentence: sentences(&all), estimate: None, rows };
    if !supported.is_empty() {
        Verdict::Supported(finding)
    } else if untested.is_empty() && rest.iter().all(|verdict| verdict.word() == "contradicted") {
        Verdict::Contradicted(finding)
    } else {
        Verdict::Mixed(finding)
    }
}

/// A fact that does not hold sinks a claim that needs it; a measure that points the other way
/// leaves it mixed as long as another points its way.
fn is_exact_contradiction(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Contradicted(finding) if finding.estimate.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(text: &str) -> Finding {
        Finding::of_rows(text, vec![])
    }

    fn measured(text: &str) -> Finding {
        Finding { estimate: Some(Estimate::point(1.0, 9, "m")), ..fact(text) }
    }

    #[test]
    fn facts_sink_a_claim_and_measures_leave_it_mixed() {
        let fails = all_of(vec![Verdict::Supported(fact("a")), Verdict::Contradicted(fact("b"))]);
        assert_eq!((fails.word(), fails.sentence()), ("contradicted", "b a"));
        let open = all_of(vec![Verdict::Supported(measured("a")), Verdict::Contradicted(measured("b"))]);
        assert_eq!(open.word(), "mixed");
        let any = any_of(vec![Verdict::Contradicted(measured("a")), Verdict::Supported(measured("b"))]);
        assert_eq!((any.word(), any.sentence()), ("supported", "b a"));
        let none = any_of(vec![Verdict::Contradicted(measured("a")), Verdict::Contradicted(fact("b"))]);
        assert_eq!(none.word(), "contradicted");
        let unsure = any_of(vec![Verdict::Contradicted(measured("a")), Verdict::Untestable("c".to_owned())]);
        assert_eq!(unsure.word(), "mixed");
        let partly = all_of(vec![Verdict::Supported(measured("a")), Verdict::Untestable("no".to_owned())]);
        assert_eq!((partly.word(), partly.sentence()), ("mixed", "a no"));
        let all = all_of(vec![Verdict::Supported(measured("a")), Verdict::Supported(fact("b"))]);
        assert_eq!(all.word(), "supported");
        assert_eq!(
            all_of(vec![Verdict::Untestable("x".into()), Verdict::Untestable("y".into())]).word(),
            "untestable"
        );
    }
}
