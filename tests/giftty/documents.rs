//! What the README says is what the program does, and what code cites of the contract exists.
//! `GIFTTY_WRITE=1 cargo test readme` writes the README's tables anew.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;
    use std::path::{Path, PathBuf};

    use clap::CommandFactory;
    use giftty::cli::{Args, exit};
    use giftty::keymap::{BINDINGS, Keymap, label};
    use regex::Regex;

    fn readme() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
    }

    /// The part of the README between two marks must be this.
    fn holds(name: &str, part: &str) {
        let text = std::fs::read_to_string(readme()).unwrap();
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = text.split_once(&open).unwrap();
        let (found, after) = rest.split_once(&close).unwrap();
        if std::env::var_os("GIFTTY_WRITE").is_some() {
            std::fs::write(readme(), format!("{before}{open}{part}{close}{after}")).unwrap();
        } else {
            assert_eq!(found, part, "the README's {name} are others than the program's");
        }
    }

    /// One test, so that the parts are not written over one another.
    #[test]
    fn the_readme_tells_the_keys_commands_and_exit_codes_of_the_program() {
        let mut keys = "| key | what it does |\n|---|---|\n".to_owned();
        for binding in BINDINGS {
            let presses = Keymap::default();
            let presses = presses.presses(binding.command).iter();
            let presses: Vec<String> = presses.map(|&press| format!("`{}`", label(press))).collect();
            writeln!(keys, "| {} | {} |", presses.join(" "), binding.meaning).unwrap();
        }
        holds("keys", &keys);

        let mut commands = "| command | what it does |\n|---|---|\n".to_owned();
        for command in Args::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            writeln!(commands, "| `giftty {}` | {about} |", command.get_name()).unwrap();
        }
        holds("commands", &commands);

        holds("exit codes", &format!("```\n{}\n```\n", exit::HELP));
    }

    /// The Rust files below a folder.
    fn rust_files(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(rust_files(&path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
        found
    }

    /// Finds citations, also across the lines of a comment: "contract, sections 3.3 to 3.9".
    fn citation() -> Regex {
        let gap = r"(?:\s|//[/!]?)+";
        let number = r"\d+(?:\.\d+)*";
        let list = format!("{number}(?:(?:,|{gap}and|{gap}to){gap}{number})*");
        Regex::new(&format!(r"(?i)contract(?:'s|,)?{gap}\(?(?:sections?{gap})?({list})")).unwrap()
    }

    /// The sections that code cites.
    fn cited<'a>(code: &'a str, citation: &Regex) -> Vec<&'a str> {
        let lists = citation.captures_iter(code).map(|found| found.get(1).unwrap().as_str());
        let numbers = lists.flat_map(|list| list.split(|c: char| !c.is_ascii_digit() && c != '.'));
        numbers.filter(|number| !number.is_empty()).collect()
    }

    #[test]
    fn every_cited_section_of_the_contract_exists() {
        let top = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let contract = std::fs::read_to_string(top.join("src/api/CONTRACT.md")).unwrap();
        let heading = Regex::new(r"(?m)^##+ (\d+(?:\.\d+)*)\.? ").unwrap();
        let sections: BTreeSet<&str> =
            heading.captures_iter(&contract).map(|found| found.get(1).unwrap().as_str()).collect();
        let citation = citation();
        let mut checked = 0;
        for file in ["src", "tests"].iter().flat_map(|folder| rust_files(&top.join(folder))) {
            for section in cited(&std::fs::read_to_string(&file).unwrap(), &citation) {
                checked += 1;
                assert!(sections.contains(section), "{} cites section {section}", file.display());
            }
        }
        assert!(checked > 100, "only {checked} citations were found");
        let text = "//! a (contract,\n    //! sections 3.6 and\n/// 3.7), b (Contract, section 8, point 11).";
        assert_eq!(cited(text, &citation), ["3.6", "3.7", "8"]);
    }
}
