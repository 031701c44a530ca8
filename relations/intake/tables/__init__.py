"""Tables: records and their parts as rows that editors change in a spreadsheet, and back.

``export`` writes documents; ``gather`` finds which record or part each row is about; ``build`` lays the rows over
what the desk has. ``columns`` says what a table consists of, ``cells`` what a cell means, ``names`` what it names.
"""
