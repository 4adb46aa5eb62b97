"""Programs of the repository that do not ship: accuracy figures and the tables in the READMEs."""
