//! The configuration from services: where it is, what counts, and what is told when it is wrong.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::commands::{Ended, Kit, end_of};

/// Writes the configuration of this home.
fn says(kit: &Kit, text: &str) -> PathBuf {
    let folder = kit.home().join(".config/giftty");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.toml");
    std::fs::write(&file, text).expect("a file");
    file
}

/// Runs the program with this home and some of the environment.
async fn run(kit: &Kit, arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
    let mut command = kit.embedded(arguments);
    command.env_remove("GIFTTY_DATA_DIR").envs(environment.iter().copied());
    end_of(command).await
}

/// The value of a setting that is in effect, and where it comes from.
fn setting(shown: &Value, name: &str) -> (String, String) {
    let settings = shown["settings"].as_array().expect("settings");
    let found = settings.iter().find(|setting| setting["name"] == name).expect("a setting");
    let text = |field: &str| found[field].as_str().unwrap_or("-").to_owned();
    (text("value"), text("from"))
}

#[tokio::test]
async fn the_file_has_its_place_and_its_flag() {
    let kit = Kit::open().await;
    let usual = run(&kit, &["config", "path"], &[]).await;
    assert_eq!(usual.out.trim(), kit.home().join(".config/giftty/config.toml").to_string_lossy());
    let other = run(&kit, &["config", "path", "--config", "/x/y.toml", "--json"], &[]).await;
    assert_eq!(other.json(), json!({"path": "/x/y.toml"}));
}

#[tokio::test]
async fn flags_come_before_the_environment_and_that_before_the_file() {
    let kit = Kit::open().await;
    says(&kit, "country = \"AT\"\ntheme = \"light\"\nascii = true\n");
    let shown = ["config", "show", "--json"];
    let file = run(&kit, &shown, &[]).await.json();
    assert_eq!(setting(&file, "country"), ("AT".to_owned(), "the file".to_owned()));
    assert_eq!(setting(&file, "ascii"), ("yes".to_owned(), "the file".to_owned()));
    assert_eq!(setting(&file, "mouse"), ("no".to_owned(), "default".to_owned()));

    let environment = [("GIFTTY_COUNTRY", "CH"), ("GIFTTY_THEME", "dark")];
    let over = run(&kit, &shown, &environment).await.json();
    assert_eq!(setting(&over, "country"), ("CH".to_owned(), "GIFTTY_COUNTRY".to_owned()));
    assert_eq!(setting(&over, "theme"), ("dark".to_owned(), "GIFTTY_THEME".to_owned()));

    let flags = ["config", "show", "--json", "--country", "DE", "--ascii=no"];
    let flagged = run(&kit, &flags, &environment).await.json();
    assert_eq!(setting(&flagged, "country"), ("DE".to_owned(), "--country".to_owned()));
    assert_eq!(setting(&flagged, "ascii"), ("no".to_owned(), "--ascii".to_owned()));
    let before = ["--country", "DE", "config", "show", "--json"];
    assert_eq!(setting(&run(&kit, &before, &[]).await.json(), "country").1, "--country");
}

#[tokio::test]
async fn what_the_file_says_counts_for_every_command() {
    let kit = Kit::open().await;
    says(&kit, "country = \"US\"\n");
    let brands = run(&kit, &["brands", "--json"], &[]).await;
    assert_eq!(brands.code, 0, "{}", brands.err);
}

#[tokio::test]
async fn an_empty_wish_hides_what_the_file_says() {
    let kit = Kit::open().await;
    says(&kit, "partner_id = \"acme\"\n");
    let real = run(&kit, &["config", "show", "--json"], &[]).await.json();
    assert_eq!(setting(&real, "pace").0, "-");
    let sandbox = run(&kit, &["config", "show", "--json", "--partner-id", ""], &[]).await.json();
    assert_eq!(setting(&sandbox, "pace"), ("demo".to_owned(), "default".to_owned()));
    let without = run(&kit, &["config", "show", "--json"], &[("GIFTTY_CONFIG", "")]).await.json();
    assert_eq!((setting(&without, "pace").0.as_str(), &without["file"]), ("demo", &Value::Null));
}

#[tokio::test]
async fn a_wrong_file_is_told_and_never_fatal() {
    let kit = Kit::open().await;
    let file = says(&kit, "contry = \"US\"\nmouse = 1\n[keys]\ncopy_address = \"a\"\n");
    let plain = run(&kit, &["countries"], &[]).await;
    assert_eq!(plain.code, 0, "{}", plain.err);
    let told = plain.err.replace(&file.to_string_lossy().into_owned(), "FILE");
    assert!(told.contains("giftty: FILE, line 1, column 1: `contry` means nothing"), "{told}");
    assert!(told.contains("FILE, line 2, column 9: `mouse` has to be true or false"), "{told}");
    assert!(told.contains("FILE, line 4, column 1: `a` is also the key of copy_amount"), "{told}");
    // Who reads JSON has the warnings where JSON is asked for.
    let json = run(&kit, &["countries", "--json"], &[]).await;
    assert_eq!((json.code, json.err.as_str()), (0, ""));
    let shown = run(&kit, &["config", "show", "--json"], &[]).await.json();
    assert_eq!(shown["warnings"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_file_that_was_asked_for_has_to_be_there() {
    let kit = Kit::open().await;
    let missing = run(&kit, &["countries", "--config", "/nowhere/x.toml"], &[]).await;
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("--config: /nowhere/x.toml is not there"), "{}", missing.err);
}

#[tokio::test]
async fn editing_begins_with_every_setting_explained_and_ends_with_a_check() {
    let kit = Kit::open().await;
    let edited = run(&kit, &["config", "edit"], &[("EDITOR", "/bin/true"), ("VISUAL", "")]).await;
    assert_eq!((edited.code, edited.err.as_str()), (0, ""));
    let file = kit.home().join(".config/giftty/config.toml");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), giftty::config::file::TEMPLATE);

    let editor = kit.home().join("editor");
    std::fs::write(&editor, "#!/bin/sh\necho \"$1 = 3\" >> \"$2\"\n").expect("an editor");
    let editor = format!("/bin/sh {} ascii", editor.display());
    let wrong = run(&kit, &["config", "edit"], &[("VISUAL", &editor), ("EDITOR", "/bin/false")]).await;
    assert_eq!(wrong.code, 0, "{}", wrong.err);
    assert!(wrong.err.contains("`ascii` has to be true or false"), "{}", wrong.err);

    let none = run(&kit, &["config", "edit"], &[]).await;
    assert_eq!(none.code, 2);
    assert!(none.err.contains("set EDITOR first"), "{}", none.err);
    let failed = run(&kit, &["config", "edit"], &[("EDITOR", "/bin/false")]).await;
    assert_eq!(failed.code, 1);
}

#[tokio::test]
async fn a_theme_that_was_asked_for_has_to_be_one() {
    let kit = Kit::open().await;
    let wrong = run(&kit, &["config", "show", "--theme", "drak"], &[]).await;
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("no theme is called `drak`"), "{}", wrong.err);
    says(&kit, "theme = \"drak\"\n");
    let filed = run(&kit, &["config", "show", "--json"], &[]).await.json();
    assert_eq!(setting(&filed, "theme"), ("terminal".to_owned(), "default".to_owned()));
    let hidden = run(&kit, &["config", "show", "--json"], &[("GIFTTY_THEME", "")]).await.json();
    assert_eq!(setting(&hidden, "theme"), ("terminal".to_owned(), "default".to_owned()));
    assert!(filed["warnings"][0].as_str().expect("a warning").contains("no theme is called `drak`"));
    let mine = kit.home().join("mine.toml");
    std::fs::write(&mine, "accent = \"bold #ff8800\"\n").expect("a theme");
    let mine = mine.to_string_lossy().into_owned();
    let shown = run(&kit, &["config", "show", "--json", "--theme", &mine], &[]).await.json();
    assert_eq!(setting(&shown, "theme"), (mine, "--theme".to_owned()));
}

#[tokio::test]
async fn images_notices_and_limits_have_their_rows() {
    let kit = Kit::open().await;
    let shown = ["config", "show", "--json"];
    let all = |shown: &Value| {
        ["images", "bell", "title", "notify", "max_order", "max_day"].map(|name| setting(shown, name))
    };
    let pairs = |pairs: [(&str, &str); 6]| pairs.map(|(value, from)| (value.to_owned(), from.to_owned()));
    let rule = "default";
    assert_eq!(
        all(&run(&kit, &shown, &[]).await.json()),
        pairs([("-", rule), ("yes", rule), ("yes", rule), ("none", rule), ("-", rule), ("-", rule)])
    );
    says(
        &kit,
        "images = true\n[notices]\nbell = false\ntitle = false\nnotify = \"osc9\"\n[limits]\nmax_order = \"200 EUR\"\n\
         max_day = 5\n",
    );
    let filed = run(&kit, &shown, &[]).await.json();
    let file = "the file";
    let unread = "every order is asked about: `max_day` of the configuration is none";
    assert_eq!(
        all(&filed),
        pairs([("yes", file), ("no", file), ("no", file), ("osc9", file), ("200 EUR", file), (unread, file)])
    );
    assert!(filed["warnings"][0].as_str().is_some_and(|told| told.contains("`max_day` has to be an amount")));
    let environment = [("GIFTTY_BELL", "yes"), ("GIFTTY_NOTIFY", "osc777"), ("GIFTTY_MAX_DAY", "")];
    let flags = ["--no-images", "--title", "--max-order", "5 usdc"];
    let over = run(&kit, &[&shown[..], &flags].concat(), &environment).await.json();
    assert_eq!(
        all(&over),
        pairs([
            ("no", "--no-images"),
            ("yes", "GIFTTY_BELL"),
            ("yes", "--title"),
            ("osc777", "GIFTTY_NOTIFY"),
            ("5 USDC", "--max-order"),
            ("-", "GIFTTY_MAX_DAY"),
        ])
    );
}
