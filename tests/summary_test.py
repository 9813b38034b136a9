#!/usr/bin/python3
"""Checks the sum that ./dev test ends with: it must not call a failure a success.

SPDX-License-Identifier: MIT
"""

import unittest

import summary


def count(result, stdout=""):
    return summary.count({"name": "x", "result": result, "stdout": stdout})


class Count(unittest.TestCase):
    def test_plain(self):
        self.assertEqual(count("OK"), (1, 0, 0))
        self.assertEqual(count("FAIL"), (0, 1, 0))
        self.assertEqual(count("TIMEOUT"), (0, 1, 0))
        self.assertEqual(count("SKIP"), (0, 0, 1))

    def test_points(self):
        output = "1..3\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP no display\n"
        self.assertEqual(count("FAIL", output), (1, 1, 1))

    def test_crash_after_good_points(self):
        self.assertEqual(count("ERROR", "1..3\nok 1 - a\n"), (1, 1, 0))

    def test_words_that_begin_like_a_point(self):
        self.assertEqual(count("OK", "okay so far\n"), (1, 0, 0))

    def test_missing_log_fails(self):
        self.assertEqual(summary.main(["/nonexistent/testlog.json"]), 1)


if __name__ == "__main__":
    unittest.main()
