"""A second calendar and a second way of counting, made by hand and without the product, against which its clocks are judged."""
