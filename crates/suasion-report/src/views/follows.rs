//! What follows for each state: what it seeks, what the power does, what rivals supply.

use suasion_actors::StateId;
use suasion_archive::Family;
use suasion_archive::ontology::Instrument;
use suasion_archive::schema::Event;
use suasion_panel::RowRef;
use suasion_study::Assessment;

use super::name;
use crate::evidence::{EvidenceBook, Number};

/// Fewest acts on either side for a gap to be worth naming.
const LEAST_ACTS: usize = 15;

/// The gap of one state.
#[derive(Debug, Clone)]
pub struct Follows {
    /// The state's name.
    pub name: String,
    /// One sentence, or why there is none.
    pub sentence: String,
    /// Instruments sought most beyond what the power does: instrument, share sought, share done,
    /// the rival that does it most.
    pub gaps: Vec<Gap>,
}

/// One instrument that a state seeks more than the power uses it.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The instrument.
    pub instrument: &'static str,
    /// Its share among the state's own cooperative acts toward all powers.
    pub sought: Number,
    /// Its share among the power's acts toward the state.
    pub done: Number,
    /// The power among the rivals that uses it most toward the state, with its share.
    pub rival: String,
}

pub(super) fn views(assessment: &Assessment<'_>, evidence: &mut EvidenceBook) -> Vec<Follows> {
    assessment.open.study.actors.region.iter().map(|state| view(assessment, *state, evidence)).collect()
}

/// Acts with positions, and their shares by instrument.
struct Mix {
    acts: Vec<(u32, Instrument)>,
}

impl Mix {
    fn of(assessment: &Assessment<'_>, wanted: impl Fn(&Event) -> bool) -> Self {
        let period = assessment.open.study.period;
        let acts = assessment
            .open
            .inputs
            .reports()
            .filter(|(_, event)| period.covers(event.date) && wanted(event))
            .map(|(index, event)| (index, event.instrument))
            .collect();
        Self { acts }
    }

    fn share(&self, instrument: Instrument) -> f64 {
        let count = self.acts.iter().filter(|(_, other)| *other == instrument).count();
        count as f64 / self.acts.len().max(1) as f64
    }

    fn rows(&self, instrument: Instrument) -> Vec<RowRef> {
        let indices = self.acts.iter().filter(|(_, other)| *other == instrument).map(|(index, _)| *index);
        RowRef::all(Family::Event, indices)
    }
}

fn view(assessment: &Assessment<'_>, state: StateId, evidence: &mut EvidenceBook) -> Follows {
    let study = &assessment.open.study;
    let powers = study.actors.powers();
    let power = study.actors.power;
    let sought = Mix::of(assessment, |event| {
        event.source == state
            && !event.mirrored
            && event.code.quad_class().is_cooperative()
            && event.target.is_some_and(|target| powers.contains(&target))
    });
    let done = Mix::of(assessment, |event| event.source == power && event.target == Some(state));
    if sought.acts.len() < LEAST_ACTS || done.acts.len() < LEAST_ACTS {
        let sentence = format!(
            "No evidence: {} acts of its own toward the powers and {} of {} toward it are recorded; {LEAST_ACTS} each are needed.",
            sought.acts.len(),
            done.acts.len(),
            name(power)
        );
        return Follows { name: name(state), sentence, gaps: Vec::new() };
    }
    let mut ranked: Vec<(Instrument, f64)> = Instrument::ALL
        .into_iter()
        .filter(|instrument| *instrument != Instrument::Coercion)
        .map(|instrument| (instrument, sought.share(instrument) - done.share(instrument)))
        .filter(|(_, gap)| *gap > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(3);
    let rival_mixes: Vec<(StateId, Mix)> = study
        .actors
        .rivals
        .iter()
        .map(|rival| {
            (*rival, Mix::of(assessment, |event| event.source == *rival && event.target == Some(state)))
        })
        .collect();
    let gaps: Vec<Gap> = ranked
        .iter()
        .map(|(instrument, _)| gap(state, *instrument, &sought, &done, &rival_mixes, evidence))
        .collect();
    let names: Vec<String> = ranked.iter().map(|(instrument, _)| instrument.label().to_owned()).collect();
    let sentence = if names.is_empty() {
        format!("{} uses every instrument at least as much as {} seeks it.", name(power), name(state))
    } else {
        format!(
            "{} itself takes up {} more often than {} does toward it. How its conduct responds to each instrument is not estimated yet, so this names a gap and not a remedy.",
            name(state),
            super::list(&names),
            name(power)
        )
    };
    Follows { name: name(state), sentence, gaps }
}

fn gap(
    state: StateId,
    instrument: Instrument,
    sought: &Mix,
    done: &Mix,
    rivals: &[(StateId, Mix)],
    evidence: &mut EvidenceBook,
) -> Gap {
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let mut note = |side: &str, mix: &Mix, title: &str| {
        evidence.note(
            format!("follows-{state}-{}-{side}", instrument.name().replace('_', "-")),
            percent(mix.share(instrument)),
            format!("{title}: {} ({})", instrument.label(), name(state)),
            format!("share among {} acts", mix.acts.len()),
            &mix.rows(instrument),
        )
    };
    let best = rivals
        .iter()
        .filter(|(_, mix)| mix.acts.len() >= LEAST_ACTS && mix.share(instrument) > 0.0)
        .max_by(|a, b| a.1.share(instrument).total_cmp(&b.1.share(instrument)));
    Gap {
        instrument: instrument.label(),
        sought: note("sought", sought, "Share of the state's own cooperative acts toward the powers"),
        done: note("done", done, "Share of the power's acts toward the state"),
        rival: best.map_or_else(
            || "none in the record".to_owned(),
            |(rival, mix)| format!("{} {}", name(*rival), percent(mix.share(instrument))),
        ),
    }
}
