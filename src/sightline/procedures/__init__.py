"""What statutory guidance requires, and by when: plain Python, no Django, no input or output."""
