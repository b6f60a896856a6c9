"""Safeguarding partners, relevant agencies, bodies, seats and appointments."""
