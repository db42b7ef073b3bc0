# taskctl without shared libraries. A quarter of a short command is what the dynamic linker does before main: finding three
# libraries, relocating them, looking up their symbols. It stays a position-independent executable, so that its addresses
# are still random. Where an archive is missing, or the C library has none, taskctl is linked as usual.
option(TASKCTL_STATIC_CLIENT "Link taskctl statically, so that it starts faster" OFF)

include(CheckCSourceCompiles)
include(CheckLinkerFlag)

function(taskctl_find_archives)
	find_library(TASKCTL_JANSSON_ARCHIVE libjansson.a HINTS ${JANSSON_LIBRARY_DIRS})
	find_library(TASKCTL_UTF8PROC_ARCHIVE libutf8proc.a HINTS ${UTF8PROC_LIBRARY_DIRS})
	if(TASKCTL_JANSSON_ARCHIVE AND TASKCTL_UTF8PROC_ARCHIVE)
		set(CMAKE_REQUIRED_FLAGS -fPIE)
		set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
		set(CMAKE_REQUIRED_LIBRARIES ${TASKCTL_JANSSON_ARCHIVE} ${TASKCTL_UTF8PROC_ARCHIVE})
		check_c_source_compiles("#include <jansson.h>
			#include <utf8proc.h>
			int main(void) { return json_integer(1) && utf8proc_version() ? 0 : 1; }" TASKCTL_LINKS_STATICALLY)
	endif()
endfunction()

# The folders' libraries by their files: as targets they would bring the shared libraries along.
function(taskctl_link_statically target)
	target_compile_options(${target} PRIVATE -fPIE)
	target_link_options(${target} PRIVATE -static-pie)
	check_linker_flag(C -Wl,-z,pack-relative-relocs TASKCTL_PACKS_RELOCATIONS)
	if(TASKCTL_PACKS_RELOCATIONS) # 2 000 of them, a bit each instead of 24 bytes
		target_link_options(${target} PRIVATE -Wl,-z,pack-relative-relocs)
	endif()
	foreach(library ${ARGN})
		target_compile_options(${library} PRIVATE -fPIE)
		target_link_libraries(${target} PRIVATE $<TARGET_FILE:${library}>)
		add_dependencies(${target} ${library})
	endforeach()
	target_link_libraries(${target} PRIVATE taskctl_flags ${TASKCTL_JANSSON_ARCHIVE} ${TASKCTL_UTF8PROC_ARCHIVE})
endfunction()

# A program of these libraries of ours, which need libc, jansson and utf8proc and nothing else.
function(taskctl_link_client target)
	if(TASKCTL_STATIC_CLIENT AND NOT TASKCTL_SANITIZE)
		taskctl_find_archives()
	endif()
	if(TASKCTL_LINKS_STATICALLY)
		taskctl_link_statically(${target} ${ARGN})
		return()
	endif()
	if(TASKCTL_STATIC_CLIENT)
		message(STATUS "taskctl is linked dynamically: libc, jansson or utf8proc has no static library here")
	endif()
	target_link_libraries(${target} PRIVATE ${ARGN})
endfunction()
