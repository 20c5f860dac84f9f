//! giftty: gift cards, mobile top-ups and eSIMs for crypto, from a terminal.
//!
//! A module uses only modules that are declared above it; an architecture test checks this.
//! "Contract, section N" in comments means that section of `src/api/CONTRACT.md`.
//!
#![doc = include_str!("ARCHITECTURE.md")]

#[cfg(not(unix))]
compile_error!(
    "giftty runs on Unix systems only: it needs a Unix terminal, and file permissions that keep codes private"
);

pub mod domain;
pub mod input;
pub mod field;
pub mod search;
pub mod qr;
pub mod picture;
pub mod keymap;
pub mod remote;
pub mod effect;
pub mod action;
pub mod model;
pub mod theme;
pub mod layout;
pub mod widgets;
pub mod list;
pub mod screens;
pub mod state;
pub mod footer;
pub mod update;
pub mod view;
pub mod log;
pub mod worker;
pub mod api;
pub mod journal;
pub mod cache;
pub mod sandbox;
pub mod config;
pub mod runtime;
pub mod session;
pub mod plain;
pub mod terminal;
pub mod cli;
pub mod app;
