//! The journal: what this user tried to buy, kept so that nothing can be lost.
