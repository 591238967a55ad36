//! Black box tests over the built program, golden questions and house rules.
