"""The identity vault: the only room that holds names, dates of birth and addresses."""
