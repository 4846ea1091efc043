//! Diagnoses under every other source and a shorter window: a verdict stands where none of them gives
//! another. Asking all of several tests to reject keeps the level of each (Berger 1982,
//! Technometrics 24, intersection–union tests).

use rayon::prelude::*;
use suasion_actors::{Period, TimeUnit};
use suasion_archive::{Family, Problem};
use suasion_panel::{Codes, Inputs, Panel, Spine, measures};

use super::{Diagnosis, DiagnosisKind, Material, UnderChoice, diagnose};
use crate::multiverse::{Decision, Setting};
use crate::open::OpenStudy;
use crate::study::Study;
use crate::verdict::Verdict;

/// Another source, or the study's own, over the whole period or one a year shorter at each end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    source: Option<(Family, String)>,
    trimmed: bool,
}

impl Choice {
    fn label(&self) -> String {
        let window = Setting::Trimmed(true).option();
        match (&self.source, self.trimmed) {
            (Some((_, source)), false) => source.clone(),
            (Some((_, source)), true) => format!("{source}, {window}"),
            (None, _) => window,
        }
    }
}

impl DiagnosisKind {
    /// Measures whose columns the diagnosis reads; the first of each family says which sources can
    /// feed it.
    fn measures(self) -> &'static [&'static str] {
        match self {
            Self::Differentiation | Self::Breadth | Self::Consistency | Self::Balance | Self::Initiative => {
                &["acts"]
            }
            Self::Influence => &["acts", "goldstein_sum", "vote_agreement", "influence_capacity"],
            Self::Orbit => &["orbit_trade", "orbit_acts", "orbit_ties", "orbit_alignment"],
        }
    }
}

/// Makes each diagnosis again under every other choice, and leaves its verdict only where they agree.
pub(crate) fn settle(open: &OpenStudy, diagnoses: &mut [Diagnosis]) -> Result<(), Problem> {
    let kinds: Vec<DiagnosisKind> = diagnoses.iter().map(|diagnosis| diagnosis.kind).collect();
    let under: Vec<Vec<Diagnosis>> = choices(open, &kinds)
        .into_par_iter()
        .map(|choice| under(open, &kinds, &choice))
        .collect::<Result<_, Problem>>()?;
    for (choice, again) in choices(open, &kinds).iter().zip(under) {
        for diagnosis in again {
            if let Some(own) = diagnoses.iter_mut().find(|own| own.kind == diagnosis.kind) {
                own.choices.push(UnderChoice {
                    choice: choice.label(),
                    verdict: diagnosis.verdict.word(),
                    sentence: diagnosis.sentence,
                });
            }
        }
    }
    diagnoses.iter_mut().for_each(agree);
    Ok(())
}

/// All choices but the study's own first one.
fn choices(open: &OpenStudy, kinds: &[DiagnosisKind]) -> Vec<Choice> {
    let allows = |decision: Decision, option: &str| open.study.allowed.allows(decision.name(), option);
    let mut sources = vec![None];
    for measure in kinds.iter().flat_map(|kind| kind.measures()).filter_map(|name| measures::named(name)) {
        for source in open.sources_of(measure).into_iter().skip(1) {
            let source = Some((measure.needs.family(), source));
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    let mut choices = Vec::new();
    for trimmed in [false, true] {
        for source in &sources {
            let admitted = source.as_ref().is_none_or(|(_, name)| allows(Decision::Source, name))
                && allows(Decision::Window, &Setting::Trimmed(trimmed).option());
            if admitted && (trimmed || source.is_some()) {
                choices.push(Choice { source: source.clone(), trimmed });
            }
        }
    }
    choices
}

/// The diagnoses that a choice can change, under it.
fn under(open: &OpenStudy, kinds: &[DiagnosisKind], choice: &Choice) -> Result<Vec<Diagnosis>, Problem> {
    let read = choice.source.clone().map(|(family, source)| open.inputs_with(family, source)).transpose()?;
    let inputs = read.as_ref().unwrap_or(&open.inputs);
    let Some(period) = period_of(&open.study, choice) else { return Ok(Vec::new()) };
    let concerned: Vec<DiagnosisKind> =
        kinds.iter().copied().filter(|kind| concerns(open, *kind, choice)).collect();
    let study = Study { period, ..open.study.clone() };
    let (yearly, quarterly) = (
        panel(&study, inputs, &concerned, TimeUnit::Year),
        panel(&study, inputs, &concerned, TimeUnit::Quarter),
    );
    let material = Material { study: &study, inputs, yearly: &yearly, quarterly: &quarterly };
    Ok(concerned.into_iter().filter_map(|kind| diagnose(kind, &material)).collect())
}

fn period_of(study: &Study, choice: &Choice) -> Option<Period> {
    if choice.trimmed { study.period.a_year_less() } else { Some(study.period) }
}

fn concerns(open: &OpenStudy, kind: DiagnosisKind, choice: &Choice) -> bool {
    let Some((family, source)) = &choice.source else { return true };
    kind.measures()
        .iter()
        .filter_map(|name| measures::named(name))
        .any(|measure| measure.needs.family() == *family && open.sources_of(measure).contains(source))
}

fn panel(study: &Study, inputs: &Inputs, kinds: &[DiagnosisKind], unit: TimeUnit) -> Panel {
    let spine = Spine::new(study.actors.dyads(), &study.period, unit);
    let wanted = |name: &str| kinds.iter().any(|kind| kind.measures().contains(&name));
    Panel::with(inputs, spine, Codes::All, |measure| wanted(measure.name))
}

/// Leaves the verdict where every choice under which the diagnosis could be made gives it.
fn agree(diagnosis: &mut Diagnosis) {
    let own = diagnosis.verdict.word();
    let made: Vec<&UnderChoice> =
        diagnosis.choices.iter().filter(|under| under.verdict != "untestable").collect();
    let other: Vec<String> = made
        .iter()
        .filter(|under| under.verdict != own)
        .map(|under| format!("{} with {}", under.verdict, under.choice))
        .collect();
    if made.is_empty() || matches!(own, "mixed" | "untestable") {
        return;
    }
    let remark = if other.is_empty() {
        match made.len() {
            1 => format!("The same with {}.", made[0].choice),
            count => format!("The same under each of {count} other choices of source and window."),
        }
    } else {
        format!("Not under every choice: {own} with the study's own, {}.", other.join(", "))
    };
    diagnosis.sentence = format!("{} {remark}", diagnosis.sentence);
    let sentence = diagnosis.sentence.clone();
    let verdict = std::mem::replace(&mut diagnosis.verdict, Verdict::Untestable(String::new()));
    diagnosis.verdict = match verdict.map(|finding| crate::verdict::Finding { sentence, ..finding }) {
        Verdict::Supported(finding) | Verdict::Contradicted(finding) if !other.is_empty() => {
            Verdict::Mixed(finding)
        }
        same => same,
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Finding;

    fn with(own: Verdict, others: &[&'static str]) -> Diagnosis {
        let choices = others
            .iter()
            .map(|verdict| UnderChoice { choice: "icews".to_owned(), verdict, sentence: String::new() })
            .collect();
        Diagnosis {
            kind: DiagnosisKind::Breadth,
            sentence: own.sentence().to_owned(),
            verdict: own,
            findings: Vec::new(),
            choices,
        }
    }

    #[test]
    fn a_verdict_stands_where_no_choice_gives_another() {
        let supported = || Verdict::Supported(Finding::of_rows("So.", Vec::new()));
        for (others, word, sentence) in [
            (vec!["supported", "untestable"], "supported", "So. The same with icews."),
            (
                vec!["supported", "supported"],
                "supported",
                "So. The same under each of 2 other choices of source and window.",
            ),
            (vec!["untestable"], "supported", "So."),
            (
                vec!["supported", "mixed"],
                "mixed",
                "So. Not under every choice: supported with the study's own, mixed with icews.",
            ),
        ] {
            let mut diagnosis = with(supported(), &others);
            agree(&mut diagnosis);
            assert_eq!((diagnosis.verdict.word(), diagnosis.sentence.as_str()), (word, sentence));
            assert_eq!(diagnosis.verdict.sentence(), sentence);
        }
        let mut open = with(Verdict::Mixed(Finding::of_rows("Open.", Vec::new())), &["supported"]);
        agree(&mut open);
        assert_eq!((open.verdict.word(), open.sentence.as_str()), ("mixed", "Open."));
    }
}
