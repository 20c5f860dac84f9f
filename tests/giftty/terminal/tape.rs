//! Reads VHS tapes into steps, and refuses what VHS would refuse.

use std::time::Duration;

use regex::Regex;

use super::words::{Word, words};
use crate::support::keys::Key;

/// A tape, with what applies to the whole of it taken out of its steps.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    /// Variables for the shell, in order.
    pub(crate) env: Vec<(String, String)>,
    /// Programs that must be there.
    pub(crate) required: Vec<String>,
    /// Pictures to be made; a test makes none.
    pub(crate) outputs: Vec<String>,
    /// What is done, with the line of each.
    pub(crate) steps: Vec<(usize, Step)>,
}

/// One thing that a tape does.
#[derive(Debug)]
pub(crate) enum Step {
    Type(String),
    /// Some time passes.
    Pause,
    /// A key and how often it is pressed.
    Press(Key, usize),
    Wait {
        on: Scope,
        pattern: Regex,
        timeout: Duration,
    },
    /// Keeps the screen under a file name.
    Screenshot(String),
    /// Puts a text on the player's clipboard.
    Copy(String),
    /// Types what is on the clipboard.
    Paste,
}

/// What a wait looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Screen,
    /// The line on which the cursor stands.
    Line,
}

const SETTINGS: [&str; 21] = [
    "Shell",
    "FontFamily",
    "FontSize",
    "Framerate",
    "PlaybackSpeed",
    "Height",
    "Width",
    "LetterSpacing",
    "TypingSpeed",
    "LineHeight",
    "Padding",
    "Theme",
    "LoopOffset",
    "BorderRadius",
    "Margin",
    "MarginFill",
    "WindowBar",
    "WindowBarSize",
    "CursorBlink",
    "WaitTimeout",
    "WaitPattern",
];

/// The words of a tape that are still to be read, and what later ones depend on.
struct Reader {
    words: std::iter::Peekable<std::vec::IntoIter<Word>>,
    tape: Tape,
    wait_pattern: String,
    wait_timeout: Duration,
    line: usize,
}

impl Tape {
    /// Reads a tape; an error names the line and what is wrong with it.
    pub(crate) fn parse(source: &str) -> Result<Self, String> {
        let mut reader = Reader {
            words: Vec::new().into_iter().peekable(),
            tape: Self::default(),
            wait_pattern: ">$".to_owned(),
            wait_timeout: Duration::from_secs(15),
            line: 0,
        };
        for (index, line) in source.lines().enumerate() {
            let number = index + 1;
            reader.line = number;
            reader.read(line).map_err(|error| format!("line {number}: {error}"))?;
        }
        Ok(reader.tape)
    }
}

impl Reader {
    fn read(&mut self, line: &str) -> Result<(), String> {
        self.words = words(line)?.into_iter().peekable();
        while let Some(word) = self.words.next() {
            match word {
                Word::Bare(command) => self.command(&command)?,
                other => return Err(format!("{other:?} is not a command")),
            }
        }
        Ok(())
    }

    fn command(&mut self, command: &str) -> Result<(), String> {
        let (name, at) = command.split_once('@').map_or((command, None), |(name, at)| (name, Some(at)));
        let speed = at.map(duration).transpose()?;
        let step = match name {
            "Type" => Step::Type(self.texts(name)?),
            "Wait" | "Wait+Line" | "Wait+Screen" => self.wait(name, speed)?,
            "Screenshot" => Step::Screenshot(self.value(name)?),
            "Copy" => Step::Copy(self.texts(name)?),
            "Paste" => Step::Paste,
            "Hide" | "Show" => return Ok(()),
            "Sleep" => {
                duration(&self.value(name)?)?;
                Step::Pause
            }
            "Set" => return self.set(),
            "Output" => return self.value(name).map(|path| self.tape.outputs.push(path)),
            "Require" => return self.value(name).map(|program| self.tape.required.push(program)),
            "Env" => {
                let variable = (self.value(name)?, self.value(name)?);
                self.tape.env.push(variable);
                return Ok(());
            }
            "Source" => return Err("Source is refused: a demo is one tape".to_owned()),
            "ScrollUp" | "ScrollDown" => return Err(format!("{name} is refused: the program has its own")),
            _ => Step::Press(key(name)?, self.times()?),
        };
        self.tape.steps.push((self.line, step));
        Ok(())
    }

    fn set(&mut self) -> Result<(), String> {
        let setting = self.value("Set")?;
        if !SETTINGS.contains(&setting.as_str()) {
            return Err(format!("there is no setting {setting}"));
        }
        if setting != "TypingSpeed" && !self.tape.steps.is_empty() {
            return Err(format!("Set {setting} after the first action is ignored"));
        }
        match (setting.as_str(), self.words.next()) {
            ("WaitTimeout", Some(Word::Bare(value))) => self.wait_timeout = duration(&value)?,
            ("WaitPattern", Some(Word::Pattern(value))) => self.wait_pattern = value,
            ("WaitTimeout" | "WaitPattern", value) => {
                return Err(format!("Set {setting} does not take {value:?}"));
            }
            (_, None) => return Err(format!("Set {setting} to what?")),
            (_, Some(_)) => {}
        }
        Ok(())
    }

    fn wait(&mut self, name: &str, timeout: Option<Duration>) -> Result<Step, String> {
        let pattern = match self.words.next_if(|word| matches!(word, Word::Pattern(_))) {
            Some(Word::Pattern(pattern)) => pattern,
            _ => self.wait_pattern.clone(),
        };
        let on = if name == "Wait+Screen" { Scope::Screen } else { Scope::Line };
        let pattern = Regex::new(&pattern).map_err(|error| error.to_string())?;
        Ok(Step::Wait { on, pattern, timeout: timeout.unwrap_or(self.wait_timeout) })
    }

    /// One value, in quotes or not.
    fn value(&mut self, of: &str) -> Result<String, String> {
        match self.words.next() {
            Some(Word::Bare(value) | Word::Text(value)) => Ok(value),
            other => Err(format!("{of} needs a value, not {other:?}")),
        }
    }

    /// One text in quotes or several, which are joined by blanks.
    fn texts(&mut self, of: &str) -> Result<String, String> {
        let mut texts = Vec::new();
        while let Some(Word::Text(text)) = self.words.next_if(|word| matches!(word, Word::Text(_))) {
            texts.push(text);
        }
        if texts.is_empty() { Err(format!("{of} needs a text in quotes")) } else { Ok(texts.join(" ")) }
    }

    /// How often, if a number follows.
    fn times(&mut self) -> Result<usize, String> {
        let number =
            |word: &Word| matches!(word, Word::Bare(text) if text.starts_with(|c: char| c.is_ascii_digit()));
        match self.words.next_if(number) {
            Some(Word::Bare(times)) => times.parse().map_err(|_| format!("{times} is not a number of times")),
            _ => Ok(1),
        }
    }
}

fn key(name: &str) -> Result<Key, String> {
    if let Some((modifier, name)) = name.split_once('+') {
        let mut letters = name.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        return match (modifier, letter, name) {
            ("Ctrl", Some(letter @ ('@'..='_' | 'a'..='z')), _) => Ok(Key::Ctrl(letter)),
            ("Alt", Some(letter), _) => Ok(Key::Alt(letter)),
            ("Shift", _, "Tab") => Ok(Key::BackTab),
            _ => Err(format!("{modifier}+{name} is not a key that a terminal sends")),
        };
    }
    Ok(match name {
        "Enter" => Key::Enter,
        "Tab" => Key::Tab,
        "Space" => Key::Space,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Insert" => Key::Insert,
        "Escape" => Key::Escape,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        _ => return Err(format!("there is no command {name}")),
    })
}

/// `40ms`, `1.5s`, `2` (seconds), `1m`.
fn duration(text: &str) -> Result<Duration, String> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &text[..text.len() - unit.len()];
    if !number.contains(|c: char| c.is_ascii_digit()) {
        return Err(format!("{text} is not a duration"));
    }
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let thousandths = format!("{whole}{part:0<3.3}");
    let amount: u64 = thousandths.parse().map_err(|_| format!("{text} is not a duration"))?;
    match unit {
        "ms" => Ok(Duration::from_micros(amount)),
        "s" | "" => Ok(Duration::from_millis(amount)),
        "m" => Ok(Duration::from_millis(amount * 60)),
        _ => Err(format!("{text} is not a duration")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_is_read_into_steps() {
        let tape = Tape::parse(include_str!("sample.tape")).unwrap();
        assert_eq!(tape.env, [("GREETING".to_owned(), "good day".to_owned())]);
        assert_eq!((tape.required, tape.outputs), (vec!["sh".to_owned()], vec!["sample.gif".to_owned()]));
        let steps: Vec<String> = tape.steps.iter().map(|(line, step)| format!("{line} {step:?}")).collect();
        assert_eq!(steps[0], r#"10 Type("echo \"$GREETING\"")"#);
        assert_eq!(steps[1], "10 Press(Enter, 1)");
        assert_eq!(steps[2], r#"11 Wait { on: Screen, pattern: Regex("(?m)^good day$"), timeout: 10s }"#);
        assert!(steps.contains(&"16 Press(Backspace, 3)".to_owned()), "{steps:#?}");
        assert!(
            steps.contains(&r#"18 Wait { on: Line, pattern: Regex(">$"), timeout: 15s }"#.to_owned()),
            "{steps:#?}"
        );
    }

    #[test]
    fn what_vhs_refuses_is_refused_with_its_line() {
        let wrong = [
            ("Home", "line 1: there is no command Home"),
            ("Enter\nEnd", "line 2: there is no command End"),
            ("Type hello", "line 1: Type needs a text in quotes"),
            ("Enter two", "line 1: there is no command two"),
            ("Sleep long", "line 1: long is not a duration"),
            ("Source other.tape", "line 1: Source is refused: a demo is one tape"),
            ("Set Colour 1", "line 1: there is no setting Colour"),
            ("Enter\nSet Width 9", "line 2: Set Width after the first action is ignored"),
            ("Ctrl+Enter", "line 1: Ctrl+Enter is not a key that a terminal sends"),
            ("Wait /(/", "line 1: regex parse error"),
            ("Wait /open", "line 1: the pattern has no end"),
            ("\"text\"", "line 1: Text(\"text\") is not a command"),
        ];
        for (tape, expected) in wrong {
            let error = Tape::parse(tape).unwrap_err();
            assert!(error.starts_with(expected), "{tape}: {error}");
        }
    }

    #[test]
    fn keys_take_a_speed_and_a_number() {
        let tape = Tape::parse("Down@10ms 4 Ctrl+C Alt+x Shift+Tab Escape Set TypingSpeed .5 Up").unwrap();
        let steps: Vec<String> = tape.steps.iter().map(|(_, step)| format!("{step:?}")).collect();
        let expected = "Press(Down, 4) Press(Ctrl('C'), 1) Press(Alt('x'), 1) Press(BackTab, 1) Press(Escape, 1) Press(Up, 1)";
        assert_eq!(steps.join(" "), expected);
        let all = "Tab Space Delete Insert Left Right PageUp PageDown";
        assert_eq!(Tape::parse(all).unwrap().steps.len(), 8);
    }

    #[test]
    fn durations_are_exact() {
        let read =
            ["40ms", "1.5s", "2", ".25s", "1m", "0.5ms"].map(|text| duration(text).unwrap().as_micros());
        assert_eq!(read, [40_000, 1_500_000, 2_000_000, 250_000, 60_000_000, 500]);
        assert!(["", "s", "1h", "1.2.3"].iter().all(|text| duration(text).is_err()));
    }
}
