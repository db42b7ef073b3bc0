/* Whatever a text holds, the picture stays well-formed. */
#include "testing.h"

#include "cli/picture/svg.h"

#include <string.h>

static void a_picture_is_one_element_with_its_words(void **state)
{
	struct buffer out;
	struct svg svg;

	buffer_init(&out);
	svg_begin(&svg, &out, 320, 200, "Burndown", "How the tasks become fewer");
	svg_end(&svg);
	assert_ptr_equal(strstr(buffer_text(&out), "<?xml "), out.data);
	assert_non_null(strstr(buffer_text(&out), "viewBox=\"0 0 320 200\""));
	assert_non_null(strstr(buffer_text(&out), "<title>Burndown</title>\n<desc>How the tasks become fewer</desc>"));
	assert_non_null(strstr(buffer_text(&out), "@media (prefers-color-scheme:dark)"));
	assert_string_equal(buffer_text(&out) + out.length - strlen("</svg>\n"), "</svg>\n");
	buffer_deinit(&out);
	(void)state;
}

static void numbers_are_as_short_as_they_can_be(void **state)
{
	struct buffer out;
	struct svg svg = { .out = &out };

	buffer_init(&out);
	svg_rect(&svg, 10, 20.5, 100, 0.125, "done");
	svg_line(&svg, 0, -1.5, 3.999, 200, "axis");
	assert_string_equal(buffer_text(&out),
		"<rect x=\"10\" y=\"20.5\" width=\"100\" height=\"0.12\" class=\"done\"/>\n"
		"<line x1=\"0\" y1=\"-1.5\" x2=\"4\" y2=\"200\" class=\"axis\"/>\n");
	buffer_deinit(&out);
	(void)state;
}

static void texts_cannot_leave_their_element(void **state)
{
	struct buffer out;
	struct svg svg = { .out = &out };

	buffer_init(&out);
	svg_text(&svg, 1, 2, SVG_END, "text", "a<b> & \"c\" 'd'\033[1m\xEF\xBF\xBF\xFF");
	assert_string_equal(buffer_text(&out),
		"<text x=\"1\" y=\"2\" text-anchor=\"end\" class=\"text\">"
		"a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\xEF\xBF\xBD[1m\xEF\xBF\xBD\xEF\xBF\xBD</text>\n");
	buffer_deinit(&out);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_is_one_element_with_its_words),
		cmocka_unit_test(numbers_are_as_short_as_they_can_be),
		cmocka_unit_test(texts_cannot_leave_their_element),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
