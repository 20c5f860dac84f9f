//! What the README says is what the program does. `GIFTTY_WRITE=1 cargo test --test documents` writes it anew.

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::PathBuf;

    use clap::CommandFactory;
    use giftty::cli::{Args, exit};
    use giftty::keymap::{BINDINGS, Keymap, label};

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
}
