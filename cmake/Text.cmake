# Texts that are part of a program: taskctl_embed(OUTPUT HEADER TABLE name file …) writes a C source with a table of
# pairs, ended by NULL.
function(taskctl_embed output header table)
	set(pairs "")
	set(arrays "")
	while(ARGN)
		list(POP_FRONT ARGN name file)
		set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
		file(READ ${file} bytes HEX)
		string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
		string(APPEND arrays "static const char text_of_${name}[] = { ${bytes}0 };\n")
		string(APPEND pairs "\t{ \"${name}\", text_of_${name} },\n")
	endwhile()
	file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
		"#include \"${header}\"\n\n#include <stddef.h>\n\n${arrays}\nconst struct ${table} ${table}s[] = {\n${pairs}\t{ NULL, NULL },\n};\n")
endfunction()
