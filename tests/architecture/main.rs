//! Holds the project to its own rules: layers, purity, hygiene, dependencies.

#[cfg(test)]
mod hygiene;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod source;
#[cfg(test)]
mod strip;
