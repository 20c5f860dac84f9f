mod carting;
mod checking;
mod objecting;
mod orders;
mod saving;
mod shopping;
mod trouble;
