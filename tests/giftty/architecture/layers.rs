//! A module uses only modules that are declared above it in `src/lib.rs`.

use regex::Regex;

use super::source::{Source, assert_none, read, sources};
use super::strip::without_texts;

/// The modules in the order of their declarations.
fn declared(lib: &str) -> Vec<String> {
    let declaration = Regex::new(r"(?m)^(?:pub(?:\([^)]*\))? )?mod (\w+);").unwrap();
    declaration.captures_iter(&without_texts(lib)).map(|found| found[1].to_owned()).collect()
}

/// The modules that the page on the architecture lists under "Rooms".
fn listed(page: &str) -> Vec<String> {
    let rooms = page.lines().skip_while(|line| line.trim_end() != "## Rooms").skip(1);
    let entries =
        rooms.take_while(|line| !line.starts_with("## ")).filter_map(|line| line.strip_prefix("* `"));
    entries.filter_map(|entry| Some(entry.split_once('`')?.0.to_owned())).collect()
}

/// What a file mentions that is not above it.
fn offences(source: &Source, rooms: &[String]) -> Vec<String> {
    let position = |room: &str| rooms.iter().position(|name| name == room);
    let Some(own) = position(source.room()) else {
        return if matches!(source.room(), "lib" | "main") {
            Vec::new()
        } else {
            vec![source.at(1, "src/lib.rs does not declare this module")]
        };
    };
    let judge = |path: &[String]| match path {
        [first, room, ..] if first == "crate" => match position(room) {
            Some(other) if other <= own => None,
            Some(_) => Some(format!("{room} is declared below {}", source.room())),
            None => Some(format!("crate::{room} is not a module")),
        },
        _ if path.iter().take_while(|segment| *segment == "super").count() >= source.module().len() => {
            Some("write crate:: for the crate's root".to_owned())
        }
        _ => None,
    };
    let mentions = source.mentions();
    let found = mentions.iter().filter_map(|mention| Some((mention.line, judge(&mention.segments)?)));
    found.map(|(line, what)| source.at(line, &what)).collect()
}

#[test]
fn modules_use_only_what_is_declared_above_them() {
    let rooms = declared(&read("src/lib.rs").unwrap());
    let found: Vec<String> = sources("src").iter().flat_map(|source| offences(source, &rooms)).collect();
    assert_none(&found);
}

#[test]
fn the_page_on_the_architecture_lists_the_modules_in_their_order() {
    if let Some(page) = read("src/ARCHITECTURE.md") {
        assert_eq!(listed(&page), declared(&read("src/lib.rs").unwrap()));
    }
}

#[test]
fn each_way_to_look_up_is_found() {
    let rooms = declared("//! mod no;\npub mod domain;\nmod theme;\npub mod screens;\n");
    assert_eq!(rooms, ["domain", "theme", "screens"]);
    let text = "use crate::{domain, screens::x};\nuse super::screens;\ncrate::oops();\n#[cfg(test)]\nuse crate::screens;";
    let expected = [
        "src/theme.rs:1: screens is declared below theme",
        "src/theme.rs:2: write crate:: for the crate's root",
        "src/theme.rs:3: crate::oops is not a module",
    ];
    assert_eq!(offences(&Source::new("src/theme.rs", text), &rooms), expected);
    let below =
        Source::new("src/screens/pay/view.rs", "use super::super::list; use crate::theme; use super::Pay;");
    assert_eq!(offences(&below, &rooms), [""; 0]);
    let stray = offences(&Source::new("src/stray.rs", ""), &rooms);
    assert_eq!(stray, ["src/stray.rs:1: src/lib.rs does not declare this module"]);
}

#[test]
fn the_list_of_rooms_ends_with_its_section() {
    let page =
        "# A\n\n* `not`\n\n## Rooms\n\n* `domain`: what is true\n* `theme`: colours\n\n## Next\n* `nor`\n";
    assert_eq!(listed(page), ["domain", "theme"]);
}
