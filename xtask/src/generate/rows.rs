//! Rows of a layout, coded from reports, some of them broken.

use std::io::{self, Write};

use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use suasion_archive::ontology::CameoCode;

use super::Layout;
use super::article::{Article, below, in_thousand, weighted};
use super::words::{CODES, Country, OTHERS, ROLES};

const ICEWS_HEADER: &str = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\t\
    CAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t\
    City\tDistrict\tProvince\tCountry\tLatitude\tLongitude";

/// Writes rows of one file.
pub(super) struct Writer<'a> {
    layout: Layout,
    day: Date,
    added: &'a str,
    dirt: u32,
    random: ChaCha8Rng,
    article: Article,
    id: u64,
}

/// An actor as GDELT codes it.
struct Actor {
    code: String,
    name: String,
    country: Option<&'static Country>,
    role: &'static str,
}

impl<'a> Writer<'a> {
    pub(super) fn new(layout: Layout, day: Date, added: &'a str, dirt: f64, mut random: ChaCha8Rng) -> Self {
        let article = Article::new(&mut random);
        let id = 400_000_000 + u64::from(random.next_u32() % 500_000_000);
        Self { layout, day, added, dirt: (dirt * 1e6) as u32, random, article, id }
    }

    pub(super) fn write(&mut self, out: &mut impl Write, rows: u64) -> io::Result<()> {
        if self.layout == Layout::Icews {
            writeln!(out, "{ICEWS_HEADER}")?;
        }
        for _ in 0..rows {
            if self.article.rows == 0 {
                self.article = Article::new(&mut self.random);
            }
            self.article.rows -= 1;
            self.id += 1;
            let mut fields = match self.layout {
                Layout::Gdelt | Layout::Gdelt2 => self.gdelt(),
                Layout::Icews => self.icews(),
            };
            if below(&mut self.random, 1_000_000) < self.dirt {
                self.soil(&mut fields);
            }
            out.write_all(&fields.join(&b'\t'))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn actor(&mut self, which: usize) -> Actor {
        let random = &mut self.random;
        if which == 1 && in_thousand(random, 260) {
            return Actor { code: String::new(), name: String::new(), country: None, role: "" };
        }
        if in_thousand(random, 400) {
            let (code, name) = OTHERS[below(random, OTHERS.len() as u32) as usize];
            return Actor { code: code.to_owned(), name: name.to_owned(), country: None, role: "" };
        }
        let country = self.article.states[(which + usize::from(in_thousand(random, 300))) % 2];
        let role = ROLES[below(random, ROLES.len() as u32) as usize];
        let name = if role.is_empty() { country.name.to_uppercase() } else { "PRESIDENT".to_owned() };
        Actor { code: format!("{}{role}", country.cameo), name, country: Some(country), role }
    }

    /// A code as text and as the list knows it.
    fn code(&mut self) -> (&'static str, Option<CameoCode>) {
        let (text, _) = weighted(&mut self.random, &CODES, |(_, weight)| *weight);
        (text, text.parse().ok())
    }

    fn gdelt(&mut self) -> Vec<Vec<u8>> {
        // Nearly all events are of the day; some reports look back a week, a month or a year.
        let back = match below(&mut self.random, 1000) {
            0..25 => 7,
            25..45 => 30,
            45..60 => 365,
            _ => 0,
        };
        let day = self.day.checked_sub(jiff::Span::new().days(back)).unwrap_or(self.day);
        let (text, code) = self.code();
        let actors = [self.actor(0), self.actor(1)];
        let mut fields = vec![
            self.id.to_string(),
            day.strftime("%Y%m%d").to_string(),
            day.strftime("%Y%m").to_string(),
            day.year().to_string(),
            format!("{}.{:04}", day.year(), i32::from(day.day_of_year()) * 10_000 / 366),
        ];
        for actor in &actors {
            let country = actor.country.map_or("", |country| country.cameo);
            let empty = String::new;
            fields.extend([
                actor.code.clone(),
                actor.name.clone(),
                country.to_owned(),
                empty(),
                empty(),
                empty(),
            ]);
            fields.extend([empty(), actor.role.to_owned(), empty(), empty()]);
        }
        let mentions = self.article.mentions;
        fields.extend([
            u32::from(in_thousand(&mut self.random, 600)).to_string(),
            text.to_owned(),
            text[..3].to_owned(),
            text[..2].to_owned(),
            code.map_or(String::new(), |code| (code.quad_class() as i32).to_string()),
            code.map_or(String::new(), |code| format!("{:?}", code.goldstein())),
            mentions.to_string(),
            "1".to_owned(),
            mentions.to_string(),
            self.article.tone.clone(),
        ]);
        let places = [actors[0].country, actors[1].country, Some(self.article.states[0])];
        for country in places {
            self.place(country, &mut fields);
        }
        fields.extend([self.added.to_owned(), self.article.url.clone()]);
        fields.into_iter().map(String::into_bytes).collect()
    }

    fn place(&mut self, country: Option<&Country>, fields: &mut Vec<String>) {
        let two = self.layout == Layout::Gdelt2;
        let Some(country) = country else {
            fields.extend(std::iter::once("0".to_owned()));
            fields.extend(std::iter::repeat_n(String::new(), if two { 7 } else { 6 }));
            return;
        };
        // A few places are named over and over, most of them rarely.
        let number = if in_thousand(&mut self.random, 600) { 7 } else { below(&mut self.random, 5000) };
        fields.extend([
            "4".to_owned(),
            if number == 7 { country.place.to_owned() } else { format!("Town {number}, {}", country.place) },
            country.fips.to_owned(),
            format!("{}{:02}", country.fips, number % 80),
        ]);
        if two {
            fields.push(number.to_string());
        }
        fields.extend([
            format!("{:.4}", f64::from(number * 7919 % 10_007) / 137.0 - 20.0),
            format!("{:.4}", f64::from(number * 104_729 % 10_009) / 61.0 - 60.0),
            format!("-{}", 1_000_000 + number * 7919 % 999_983),
        ]);
    }

    fn icews(&mut self) -> Vec<Vec<u8>> {
        let (text, code) = self.code();
        let days = i32::from(self.day.days_in_year());
        let ordinal = below(&mut self.random, days as u32);
        let day = self.day.first_of_year().checked_add(jiff::Span::new().days(i64::from(ordinal)));
        let day = day.unwrap_or(self.day);
        let [source, target] = self.article.states;
        let sectors = "Executive Office,Government";
        let fields = [
            self.id.to_string(),
            day.to_string(),
            format!("Head of Government ({})", source.name),
            sectors.to_owned(),
            source.name.to_owned(),
            code.map_or("", |code| code.name()).to_owned(),
            text.to_owned(),
            code.map_or(String::new(), |code| format!("{:?}", code.goldstein())),
            format!("Foreign Affairs ({})", target.name),
            sectors.to_owned(),
            target.name.to_owned(),
            (self.id / 4).to_string(),
            below(&mut self.random, 6).to_string(),
            "A News Agency".to_owned(),
            source.place.split(',').next().unwrap_or_default().to_owned(),
            String::new(),
            String::new(),
            source.name.to_owned(),
            format!("{:.4}", f64::from(below(&mut self.random, 90))),
            format!("{:.4}", f64::from(below(&mut self.random, 180))),
        ];
        fields.into_iter().map(String::into_bytes).collect()
    }

    /// Breaks a row in one of the ways in which published rows are broken.
    fn soil(&mut self, fields: &mut Vec<Vec<u8>>) {
        let (date, code) = if self.layout == Layout::Icews { (1, 6) } else { (1, 26) };
        match below(&mut self.random, 5) {
            0 => fields.truncate(20),
            1 => fields[date] = b"20159999".to_vec(),
            2 => fields[code] = b"---".to_vec(),
            3 => fields[6] = b"\xff\xfe broken".to_vec(),
            _ => fields.push(b"one too many".to_vec()),
        }
    }
}
