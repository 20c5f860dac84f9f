//! Plain mode: whole purchases line by line, and what is said of them.

#[cfg(test)]
mod browsing;
#[cfg(test)]
mod buying;
#[cfg(test)]
mod kit;
#[cfg(test)]
mod limiting;
#[cfg(test)]
mod program;
#[cfg(test)]
mod trouble;
