"""The law and the arithmetic: values in, values out, no database and no clock."""
