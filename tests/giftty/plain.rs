mod browsing;
mod buying;
mod limiting;
mod program;
mod trouble;
