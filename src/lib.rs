#![doc = include_str!("README.md")]

pub mod text;

pub mod article;

pub mod extract;

pub mod query;

pub mod index;

pub mod archive;

pub mod desk;

pub mod render;

pub mod cli;
