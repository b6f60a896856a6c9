"""Letters and e-mail, kept in an outbox until they have gone."""
