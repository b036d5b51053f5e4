# Modules, their layers and their edges.
#
#   kedge_layers(core store …)        the order; said once
#   kedge_module(NAME guide USES core store … SOURCES … [PUBLIC guide.hpp …] [LIBS …] [TESTS …] [VIEWS …] [MIGRATIONS …])
#
# A module sees its own folder and, of every module it uses, the headers named in PUBLIC: they are linked into
# build/include/<module>/, so that an include of anything else does not compile. An edge that points upward stops
# the configuration. Sources are relative to the module's folder. TESTS become one program <name>_test.

function(kedge_layers)
  set_property(GLOBAL PROPERTY KEDGE_LAYERS "${ARGN}")
endfunction()

# The folder of a module as others write it in an include: guide_pages is guide/pages.
function(kedge_folder name out)
  string(REPLACE "_pages" "/pages" folder "${name}")
  set(${out} "${folder}" PARENT_SCOPE)
endfunction()

function(kedge_module)
  cmake_parse_arguments(M "" "NAME" "USES;SOURCES;PUBLIC;LIBS;TESTS;TEST_USES;VIEWS;MIGRATIONS" ${ARGN})
  get_property(layers GLOBAL PROPERTY KEDGE_LAYERS)
  list(FIND layers "${M_NAME}" own)
  if(own EQUAL -1)
    message(FATAL_ERROR "module ${M_NAME} is not among the layers in CMakeLists.txt")
  endif()
  foreach(used IN LISTS M_USES)
    list(FIND layers "${used}" other)
    if(other EQUAL -1 OR NOT other LESS own)
      message(FATAL_ERROR "module ${M_NAME} may not use ${used}: it does not stand above it in the layers")
    endif()
  endforeach()

  kedge_folder(${M_NAME} folder)
  set(exported "${CMAKE_BINARY_DIR}/include/${M_NAME}")
  foreach(header IN LISTS M_PUBLIC)
    get_filename_component(parent "${exported}/${folder}/${header}" DIRECTORY)
    file(MAKE_DIRECTORY "${parent}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}/${header}" "${exported}/${folder}/${header}" SYMBOLIC)
  endforeach()

  # own headers are included as "<folder>/x.hpp" too
  set(self "${CMAKE_BINARY_DIR}/self/${M_NAME}")
  get_filename_component(parent "${self}/${folder}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  if(NOT IS_SYMLINK "${self}/${folder}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${self}/${folder}" SYMBOLIC)
  endif()

  set(generated "")
  if(M_MIGRATIONS)
    kedge_embed_migrations(${M_NAME} generated_migrations ${M_MIGRATIONS})
    list(APPEND generated ${generated_migrations})
  endif()
  if(M_VIEWS)
    kedge_views(${M_NAME} generated_views ${M_VIEWS})
    list(APPEND generated ${generated_views})
  endif()

  set(includes "${self}" "${CMAKE_CURRENT_BINARY_DIR}/generated" "${BOOST_INCLUDE}")
  set(links "")
  if(TARGET kedge_${M_NAME}_generated)
    list(APPEND links kedge_${M_NAME}_generated)
  endif()
  foreach(used IN LISTS M_USES)
    list(APPEND includes "${CMAKE_BINARY_DIR}/include/${used}")
    if(TARGET kedge_${used}_generated)
      list(APPEND links kedge_${used}_generated)
    endif()
    list(APPEND links kedge_${used})
  endforeach()

  add_library(kedge_${M_NAME} STATIC ${M_SOURCES} ${generated})
  target_include_directories(kedge_${M_NAME} PRIVATE ${includes})
  target_link_libraries(kedge_${M_NAME} PUBLIC ${links} ${M_LIBS} PRIVATE kedge_flags)
  list(JOIN M_USES " " uses)
  set_property(GLOBAL APPEND PROPERTY KEDGE_GRAPH "${M_NAME}: ${uses}")

  if(M_TESTS AND GTest_FOUND)
    add_executable(${M_NAME}_test ${M_TESTS})
    target_include_directories(${M_NAME}_test PRIVATE ${includes})
    foreach(used IN LISTS M_TEST_USES)
      target_include_directories(${M_NAME}_test PRIVATE "${CMAKE_BINARY_DIR}/include/${used}")
      target_link_libraries(${M_NAME}_test PRIVATE kedge_${used})
    endforeach()
    target_link_libraries(${M_NAME}_test PRIVATE kedge_${M_NAME} GTest::gmock GTest::gtest GTest::gtest_main kedge_flags kedge_test_flags)
    target_compile_definitions(${M_NAME}_test PRIVATE KEDGE_SOURCE="${CMAKE_SOURCE_DIR}" KEDGE_BINARY="${CMAKE_BINARY_DIR}")
    add_test(NAME ${M_NAME}_test COMMAND ${M_NAME}_test)
    set_property(GLOBAL APPEND PROPERTY KEDGE_TESTS ${M_NAME}_test)
  endif()
endfunction()

# Migration files become one source with `const kedge::store::Migration kedge::<module>::kMigrations[]` (see tools/embed).
function(kedge_embed_migrations name out)
  set(target "${CMAKE_CURRENT_BINARY_DIR}/generated/${name}_migrations.cpp")
  add_custom_command(OUTPUT "${target}"
    COMMAND embed migrations ${name} "${target}" ${ARGN}
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    DEPENDS embed ${ARGN} VERBATIM)
  set(${out} "${target}" PARENT_SCOPE)
endfunction()

# Views (HTML with typed holes) become one header and one source each (docs/views.md). The headers stand in
# build/views/<module>, which the module sees, and through kedge_<module>_generated whoever uses the module.
function(kedge_views name out)
  kedge_folder(${name} folder)
  set(root "${CMAKE_BINARY_DIR}/views/${name}")
  set(keys "${CMAKE_BINARY_DIR}/locales/keys.txt")
  set(sources "")
  set(headers "")
  foreach(view IN LISTS ARGN)
    get_filename_component(stem "${view}" NAME_WE)
    set(base "${root}/${folder}/views/${stem}")
    file(RELATIVE_PATH shown "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${view}")
    add_custom_command(OUTPUT "${base}.hpp" "${base}.cpp"
      COMMAND viewc "${view}" "${base}.hpp" "${base}.cpp" --include "${folder}/views/${stem}.hpp" --keys "${keys}" --shown "${shown}"
      WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
      DEPENDS viewc "${view}" "${keys}" COMMENT "View ${shown}" VERBATIM)
    list(APPEND sources "${base}.hpp" "${base}.cpp")
    list(APPEND headers "${base}.hpp")
  endforeach()
  add_custom_target(kedge_${name}_views DEPENDS ${headers})
  add_dependencies(kedge_${name}_views kedge_catalogues)
  add_library(kedge_${name}_generated INTERFACE)
  target_include_directories(kedge_${name}_generated INTERFACE "${root}")
  add_dependencies(kedge_${name}_generated kedge_${name}_views)
  set(${out} "${sources}" PARENT_SCOPE)
endfunction()

# The graph as the build knows it, one "module: uses" a line; a test compares it with ARCHITECTURE.md.
function(kedge_write_graph)
  get_property(graph GLOBAL PROPERTY KEDGE_GRAPH)
  list(JOIN graph "\n" text)
  string(REPLACE ";" " " text "${text}")
  file(WRITE "${CMAKE_BINARY_DIR}/modules.txt" "${text}\n")
  # and where the test programs are, one a line, for ./test
  get_property(tests GLOBAL PROPERTY KEDGE_TESTS)
  set(paths "")
  foreach(test IN LISTS tests)
    string(APPEND paths "$<TARGET_FILE:${test}>\n")
  endforeach()
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/tests.txt" CONTENT "${paths}")
  if(tests)
    add_custom_target(kedge_tests DEPENDS ${tests})
  endif()
endfunction()
