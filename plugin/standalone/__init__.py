"""What app.py needs to run by itself: accounts, sign-in, settings, serving; nothing but app.py imports it."""
