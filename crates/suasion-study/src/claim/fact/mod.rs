//! Facts: exact, from spells and dated acts, asked of every source that tells such facts.

mod acts;
mod kind;
mod statement;
mod ties;

pub use kind::{Fact, FactKind};
use suasion_panel::RowRef;

use super::{Evidence, on, when};
use crate::verdict::{Finding, Verdict};

/// What one source says of a fact.
struct Answer {
    source: String,
    found: bool,
    finding: Finding,
}

/// Whether the record has the fact, as the claim says or against it. A source that does not tell
/// such facts, or not for that time, is not asked: what it lacks is not thereby denied.
pub(super) fn test(fact: &Fact, evidence: &Evidence<'_>) -> Verdict {
    let asked = match &fact.what {
        FactKind::Act { of, instrument, cameo, id, at_least } => {
            let wanted =
                acts::Wanted { of, instrument: *instrument, cameo: cameo.as_deref(), id: id.as_deref() };
            acts::ask(&wanted, *at_least, fact, evidence)
        }
        _ => ties::ask(fact, evidence),
    };
    let (answers, silent): (Vec<_>, Vec<_>) = asked.into_iter().partition(Result::is_ok);
    let answers: Vec<Answer> = answers.into_iter().flatten().collect();
    if answers.is_empty() {
        let reason = silent.into_iter().find_map(Result::err);
        let none = || "The archive holds no source of such facts for this study.".to_owned();
        return Verdict::Untestable(reason.unwrap_or_else(none));
    }
    verdict(&answers, fact.holds)
}

/// The verdict of sources that agree; where they do not, the fact is open.
fn verdict(answers: &[Answer], claimed: bool) -> Verdict {
    let rows = rows(answers);
    let Some(first) = answers.first() else { return Verdict::Untestable(String::new()) };
    let found = first.found;
    if answers.iter().any(|answer| answer.found != found) {
        let all: Vec<String> =
            answers.iter().map(|one| format!("`{}`: {}", one.source, one.finding.sentence)).collect();
        return Verdict::Mixed(Finding::of_rows(format!("Sources differ. {}", all.join(" ")), rows));
    }
    let others: Vec<String> = answers.iter().skip(1).map(|one| format!("`{}`", one.source)).collect();
    let sentence = match others.len() {
        0 => first.finding.sentence.clone(),
        1 => format!("{} {} says the same.", first.finding.sentence, others[0]),
        _ => format!("{} {} say the same.", first.finding.sentence, others.join(", ")),
    };
    let finding = Finding::of_rows(sentence, rows);
    if found == claimed { Verdict::Supported(finding) } else { Verdict::Contradicted(finding) }
}

fn rows(answers: &[Answer]) -> Vec<RowRef> {
    let mut rows: Vec<RowRef> =
        answers.iter().flat_map(|answer| answer.finding.rows.iter().copied()).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(source: &str, found: bool) -> Answer {
        let finding = Finding::of_rows(if found { "It was so." } else { "It was not so." }, vec![]);
        Answer { source: source.to_owned(), found, finding }
    }

    #[test]
    fn sources_that_differ_leave_a_fact_open() {
        let one = verdict(&[answer("a", true)], true);
        assert_eq!((one.word(), one.sentence()), ("supported", "It was so."));
        let agreed = verdict(&[answer("a", false), answer("b", false)], true);
        assert_eq!((agreed.word(), agreed.sentence()), ("contradicted", "It was not so. `b` says the same."));
        let open = verdict(&[answer("a", true), answer("b", false)], true);
        assert_eq!(
            (open.word(), open.sentence()),
            ("mixed", "Sources differ. `a`: It was so. `b`: It was not so.")
        );
    }
}
