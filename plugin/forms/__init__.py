"""Forms: strings come in, typed values go out; they check the shape of what was typed, never the law."""
