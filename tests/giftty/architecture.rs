//! Holds the project to its own rules: layers, purity, hygiene, dependencies.

mod hygiene;
mod layers;
mod licences;
mod packages;
mod paths;
mod roles;
mod source;
mod strip;
