# The interactive part of the report: TypeScript bundled by esbuild into two files that the program puts into its page.
# Built with npm where it is there; without it (or without a network on the first build) everything else still builds
# and the report is the page that needs no script.
find_program(VEREDA_NODE NAMES node nodejs)
find_program(VEREDA_NPM npm)
set(VEREDA_VIEWER_SOURCE ${PROJECT_SOURCE_DIR}/report/viewer)
set(VEREDA_VIEWER_FOLDER ${PROJECT_BINARY_DIR}/share/vereda/viewer)

if(VEREDA_NODE AND VEREDA_NPM)
  file(GLOB_RECURSE viewer_sources CONFIGURE_DEPENDS ${VEREDA_VIEWER_SOURCE}/src/*.ts ${VEREDA_VIEWER_SOURCE}/src/*.css)
  add_custom_command(
    OUTPUT ${VEREDA_VIEWER_FOLDER}/viewer.js ${VEREDA_VIEWER_FOLDER}/viewer.css
    COMMAND ${CMAKE_COMMAND} -DNODE=${VEREDA_NODE} -DNPM=${VEREDA_NPM} -DSOURCE=${VEREDA_VIEWER_SOURCE}
            -DOUTPUT=${VEREDA_VIEWER_FOLDER} -P ${PROJECT_SOURCE_DIR}/cmake/build_viewer.cmake
    DEPENDS ${viewer_sources} ${VEREDA_VIEWER_SOURCE}/build.mjs ${VEREDA_VIEWER_SOURCE}/package-lock.json
            ${PROJECT_SOURCE_DIR}/cmake/build_viewer.cmake
    COMMENT "The report's viewer" VERBATIM)
  add_custom_target(vereda_viewer ALL DEPENDS ${VEREDA_VIEWER_FOLDER}/viewer.js)
else()
  message(STATUS "npm is not here: the report's interactive page is left out (scripts/install-deps brings npm)")
endif()
install(DIRECTORY ${VEREDA_VIEWER_FOLDER} DESTINATION ${CMAKE_INSTALL_DATADIR}/vereda OPTIONAL)
