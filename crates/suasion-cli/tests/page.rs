//! The page in a real browser, and its links.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

struct Page {
    folder: tempfile::TempDir,
    path: PathBuf,
    text: String,
}

static PAGE: LazyLock<Page> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_suasion"))
        .args(["assess", "russia-central-asia", "--set", "thresholds.draws=99"])
        .env("SUASION_STORE", folder.path().join("no-store"))
        .env("SUASION_CACHE", folder.path().join("cache"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success());
    let path = folder.path().join("suasion-report/russia-central-asia.html");
    let text = fs::read_to_string(&path).unwrap();
    Page { folder, path, text }
});

fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_within_the_page_leads_somewhere() {
    let ids: BTreeSet<&str> = values(&PAGE.text, " id=\"").into_iter().collect();
    let links = values(&PAGE.text, "href=\"#");
    assert!(links.len() > 1000, "{}", links.len());
    let dead: BTreeSet<&str> = links.into_iter().filter(|link| !ids.contains(link)).collect();
    assert!(dead.is_empty(), "{dead:?}");
}

#[test]
fn identities_are_unique() {
    let ids = values(&PAGE.text, " id=\"");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for loader in ["<link", "src=\"http", "url(http", "@import"] {
        assert!(!PAGE.text.contains(loader), "{loader}");
    }
}

fn browser() -> Option<&'static str> {
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let found = known.into_iter().find(|path| Path::new(path).exists());
    if found.is_none() {
        eprintln!("skipped: no Chromium on this machine");
    }
    found
}

/// What a script sees in the loaded page, through the page's title.
fn seen(width: u32, script: &str) -> Option<String> {
    let browser = browser()?;
    let probe = PAGE.folder.path().join(format!("probe-{width}-{}.html", script.len()));
    let script = format!("<script>document.title = String({script});</script></body>");
    fs::write(&probe, PAGE.text.replace("</body>", &script)).unwrap();
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={width},900"))
        .arg(format!("file://{}", probe.display()))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let title = text.split("<title>").nth(1)?.split("</title>").next()?.to_owned();
    Some(title)
}

#[test]
fn the_page_is_as_wide_as_its_window_on_desk_and_phone() {
    for width in [1200, 500] {
        let script = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let Some(overflow) = seen(width, script) else { return };
        assert_eq!(overflow, "0", "at {width}");
    }
}

#[test]
fn figures_are_drawn_and_links_unfold() {
    let plain = "document.querySelectorAll('figure:not([id^=figure-curve]) svg').length";
    let Some(figures) = seen(1200, plain) else { return };
    assert_eq!(figures, "14");
    // Every measured test has its specification curve.
    let curves: usize = seen(1200, "document.querySelectorAll('figure[id^=figure-curve] svg').length")
        .unwrap()
        .parse()
        .unwrap();
    let tests = PAGE.text.matches("Median effect and verdict by option").count();
    assert!(curves > 50 && curves >= tests, "{curves} {tests}");
    let script = "(location.hash = '#c2', unfold(), document.getElementById('c2').closest('details').open)";
    assert_eq!(seen(1200, script).unwrap(), "true");
    assert!(PAGE.path.exists());
}
