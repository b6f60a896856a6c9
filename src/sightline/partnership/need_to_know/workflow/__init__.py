"""The moves of need-to-know: who is let in, who is kept out, and when it ends."""
