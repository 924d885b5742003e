"""Programs that read the text, or draw a page, of one file. Each runs apart, with little memory, time and output.

They are started by `extraction` with the bytes on standard input and answer JSON (or a PNG) on standard output. They know no
Django and no database, resolve no entities, follow no links and open nothing but what they were given. Whatever a hostile file
does to them ends there.
"""
