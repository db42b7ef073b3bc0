# The flags that every target of the project shares, as one interface library: link taskctl_flags.
add_library(taskctl_flags INTERFACE)
target_include_directories(taskctl_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/daemon ${PROJECT_SOURCE_DIR}/cli)
target_compile_definitions(taskctl_flags INTERFACE _GNU_SOURCE TASKCTL_VERSION="${PROJECT_VERSION}")
target_compile_options(taskctl_flags INTERFACE
	-Wall -Wextra -Wpedantic -Wno-gnu-zero-variadic-macro-arguments -Wconversion -Wshadow -Wstrict-prototypes
	-Wmissing-prototypes -Wmissing-declarations -Wold-style-definition -Wwrite-strings -Wpointer-arith
	-Wcast-qual -Wformat=2 -Wundef -Wvla -Wswitch-enum
	-fstack-protector-strong -fno-strict-aliasing -fvisibility=hidden)
target_link_options(taskctl_flags INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)

if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT TASKCTL_SANITIZE)
	target_compile_definitions(taskctl_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
if(TASKCTL_WERROR)
	target_compile_options(taskctl_flags INTERFACE -Werror)
endif()
if(TASKCTL_SANITIZE)
	target_compile_options(taskctl_flags INTERFACE -fsanitize=${TASKCTL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
	target_link_options(taskctl_flags INTERFACE -fsanitize=${TASKCTL_SANITIZE})
endif()
if(TASKCTL_FUZZ)
	target_compile_options(taskctl_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(TASKCTL_COVERAGE)
	target_compile_options(taskctl_flags INTERFACE --coverage)
	target_link_options(taskctl_flags INTERFACE --coverage)
endif()

# A folder of the house is one static library that names what it may use.
function(taskctl_library name)
	cmake_parse_arguments(LIB "" "" "SOURCES;LINK" ${ARGN})
	add_library(${name} STATIC ${LIB_SOURCES})
	target_link_libraries(${name} PUBLIC taskctl_flags ${LIB_LINK})
endfunction()
