"""What agencies' chronologies say when they are read together: findings, each by a rule in plain words and with the rows it rests on."""
