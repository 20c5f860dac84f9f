mod browsing;
mod buying;
mod configuring;
mod ending;
mod following;
mod keeping;
mod limiting;
