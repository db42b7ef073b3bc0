# Installs the systemd files for the prefix of this installation. In a home (~/.local) these are the user's units alone,
# where a user's manager looks for them; elsewhere the system's units, user and folders come along.
get_filename_component(prefix "${CMAKE_INSTALL_PREFIX}" ABSOLUTE)
cmake_path(APPEND prefix "${TASKCTL_BINDIR}" taskd OUTPUT_VARIABLE TASKD)
cmake_path(APPEND prefix "${TASKCTL_DATADIR}" taskctl taskd-system.conf OUTPUT_VARIABLE TASKD_SYSTEM_CONF)
string(REPLACE "%" "%%" TASKD "${TASKD}")
string(REPLACE "%" "%%" TASKD_SYSTEM_CONF "${TASKD_SYSTEM_CONF}")

# install_template(TEMPLATE FOLDER): TEMPLATE without its .in, below the prefix.
function(install_template template folder)
	cmake_path(GET template PARENT_PATH parent)
	cmake_path(GET template STEM LAST_ONLY name)
	configure_file("${TASKCTL_DIST}/${template}" "${TASKCTL_DIST_BUILD}/${parent}/${name}" @ONLY)
	file(INSTALL "${TASKCTL_DIST_BUILD}/${parent}/${name}" DESTINATION "${prefix}/${folder}")
endfunction()

if(prefix MATCHES "/\\.local$")
	set(user_units share/systemd/user)
else()
	set(user_units lib/systemd/user)
endif()
file(INSTALL "${TASKCTL_DIST}/systemd/user/taskd.socket" DESTINATION "${prefix}/${user_units}")
install_template(systemd/user/taskd.service.in ${user_units})

if(user_units STREQUAL lib/systemd/user)
	file(INSTALL "${TASKCTL_DIST}/systemd/system/taskd.socket" DESTINATION "${prefix}/lib/systemd/system")
	install_template(systemd/system/taskd.service.in lib/systemd/system)
	file(INSTALL "${TASKCTL_DIST}/sysusers.d/taskd.conf" DESTINATION "${prefix}/lib/sysusers.d")
	install_template(tmpfiles.d/taskd.conf.in lib/tmpfiles.d)
	file(INSTALL "${TASKCTL_DIST}/taskd-system.conf" DESTINATION "${prefix}/${TASKCTL_DATADIR}/taskctl")
endif()
